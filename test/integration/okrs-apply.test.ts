import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateKeyResult } from '../../src/app/goals/update-key-result.ts'
import { createObjective } from '../../src/app/goals/create-objective.ts'
import type { CycleKey, KeyResultKey } from '../../src/domain/ids.ts'
import type { PlannedChange } from '../../src/domain/okrs/plan.ts'
import { NOW } from '../support/api.ts'
import { edited, EXAMPLE, forgetGoals, knowIssues, okrFiles } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

const KR_1 = 'KR-1' as KeyResultKey

let store: FreshDatabase
let files: ReturnType<typeof okrFiles>

beforeAll(async () => {
  store = await freshDatabase()
  files = okrFiles(store)
  await knowIssues(store)
})
afterAll(() => store.drop())
beforeEach(() => forgetGoals(store))

const shown = ({ action, key, properties, progress }: PlannedChange) => ({
  action,
  key,
  properties: properties.map(({ name, before, after }) => [name, before, after]),
  progress,
})

/** Numbers as a recompute leaves them. */
async function measuredAt(key: KeyResultKey, current: number, rawProgress: number): Promise<void> {
  const none = { issues: 0, size: 0 }
  const delivery = {
    scope: none,
    toDo: none,
    inProgress: none,
    delivered: none,
    unestimated: { issues: 0, countedAs: 1 },
  }
  await store.query(
    'insert into snapshots (key_result, as_of, numbers, explanation, movement_cursor) values ($1, now(), $2, $3, 0)',
    [
      key,
      JSON.stringify({ current, rawProgress, progress: rawProgress, delivery }),
      JSON.stringify({ counts: {}, movements: [] }),
    ],
  )
}

describe('applying a file', () => {
  it('creates what it names, each with its audit entry, feed entry and mark', async () => {
    const { changes } = await files.apply(EXAMPLE)
    expect(changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'create search',
      'create 2026-Q4',
      'create O-1',
      'create O-2',
      'create KR-1',
      'create KR-2',
      'create KR-3',
      'create KR-4',
      'create KR-5',
      'create INI-1',
      'create KPI-1',
    ])
    const audit = await store.query('select action, subject, actor from audit order by id')
    expect(audit).toHaveLength(11)
    expect(audit[4]).toEqual({ action: 'key_result.create', subject: 'KR-1', actor: 'cli' })
    const feed = await store.query('select kind, subject, data from feed order by cursor')
    expect(feed).toHaveLength(11)
    expect(feed[4]).toEqual({
      kind: 'key_result.created',
      subject: 'KR-1',
      data: { objective: 'O-1', cycle: '2026-Q4', title: 'Raise first-day activation from 45 % to 55 %' },
    })
    const marks = await store.query('select key_result, needs_relink from dirty_key_results order by 1')
    expect(marks).toEqual([1, 2, 3, 4, 5].map((n) => ({ key_result: `KR-${n}`, needs_relink: true })))
    expect(files.rings).toEqual(['KR-1', 'KR-2', 'KR-3', 'KR-4', 'KR-5'])
  })

  it('again changes nothing and tells nobody', async () => {
    await files.apply(EXAMPLE)
    const before = await store.query(
      'select (select count(*) from audit) as a, (select count(*) from feed) as f',
    )
    expect((await files.apply(EXAMPLE)).changes).toEqual([])
    expect(
      await store.query('select (select count(*) from audit) as a, (select count(*) from feed) as f'),
    ).toEqual(before)
  })

  it('keeps keys that are given next out of those that were chosen', async () => {
    await files.apply(edited(['key: O-1\n', 'key: O-41\n']))
    const objective = await createObjective(files.deps, {
      key: null,
      cycle: '2026-Q4' as CycleKey,
      title: 'Another one',
      description: '',
      parent: null,
      contributionWeight: null,
      healthRollUp: 'worst',
      level: 'team',
      ambition: 'committed',
      owner: null,
      team: null,
      healthPolicy: null,
      externalId: null,
    })
    expect(objective.key).toBe('O-42')
  })

  it('says property by property what changes, and that a moved target is no progress', async () => {
    await files.apply(EXAMPLE)
    await measuredAt(KR_1, 50, 0.5)
    const planned = await files.plan(
      edited(['target: 55 }', 'target: 65 }'], ['Keep monthly', 'Hold monthly']),
    )
    expect(planned.kind === 'plan' && planned.plan.changes.map(shown)).toEqual([
      {
        action: 'change',
        key: 'KR-1',
        properties: [['measure.target', 55, 65]],
        progress: { kind: 'moves', before: 0.5, after: 0.25 },
      },
      {
        action: 'change',
        key: 'KR-2',
        properties: [['title', 'Keep monthly churn below 5 %', 'Hold monthly churn below 5 %']],
        progress: null,
      },
    ])
    await files.apply(edited(['target: 55 }', 'target: 65 }']))
    const movements = await store.query(
      `select movement ->> 'kind' as kind, movement -> 'sizeAfter' as after from movements`,
    )
    expect(movements).toEqual([{ kind: 'target_moved', after: 65 }])
  })

  it('says what it does to the progress of objectives, with those of other cycles that count there', async () => {
    await files.apply(EXAMPLE)
    await measuredAt(KR_1, 50, 0.5)
    await measuredAt('KR-2' as KeyResultKey, 0.25, 0.25)
    const beside = `version: 1
cycles: [{ key: 2027-Q1, title: Q1, startDay: 2027-01-01, endDay: 2027-03-31 }]
objectives:
  - key: O-9
    cycle: 2027-Q1
    title: Counts in the first
    parent: O-1
    contributionWeight: 3
    keyResults: [{ key: KR-9, title: Nine, measure: { kind: binary } }]
`
    await files.apply(beside)
    await measuredAt('KR-9' as KeyResultKey, 1, 1)
    const effectsOf = async (file: string) => {
      const planned = await files.plan(file)
      if (planned.kind === 'refused') throw new Error(JSON.stringify(planned.problems))
      return planned.plan.objectives.map(({ objective, before, after, because }) => [
        objective,
        before?.toFixed(3),
        after?.toFixed(3),
        because.join(),
      ])
    }
    // (0.5 × 2 + 0.25 × 1 + 1 × 3) ÷ 6, where KR-1 weighs 2
    const without = EXAMPLE.replace(/ {6}- key: KR-2[\s\S]*?period: month \}\n/, '')
    expect(await effectsOf(without)).toEqual([['O-1', '0.708', '0.800', 'KR-2']])
    expect(await effectsOf(edited(['target: 55 }', 'target: 65 }']))).toEqual([
      ['O-1', '0.708', '0.625', 'KR-1'],
    ])
    expect(await effectsOf(beside.replace('contributionWeight: 3', 'contributionWeight: 1'))).toEqual([
      ['O-1', '0.708', '0.563', 'O-9'],
    ])
    const withoutNine = beside.replace(/ {4}keyResults: .*\n/, '')
    expect(await effectsOf(withoutNine)).toEqual([
      ['O-1', '0.708', '0.417', 'KR-9'],
      ['O-9', '1.000', undefined, 'KR-9'],
    ])
    expect(await effectsOf(edited(['Keep monthly', 'Hold monthly']))).toEqual([])
  })

  it('archives what it no longer names, and restores what it names again', async () => {
    await files.apply(EXAMPLE)
    const without = EXAMPLE.replace(/ {6}- key: KR-2[\s\S]*?period: month \}\n/, '')
    expect((await files.apply(without)).changes.map(shown)).toMatchObject([
      { action: 'archive', key: 'KR-2' },
    ])
    expect(await files.exported()).not.toContain('KR-2')
    expect((await files.apply(without)).changes).toEqual([])
    expect((await files.apply(EXAMPLE)).changes.map(shown)).toMatchObject([
      { action: 'restore', key: 'KR-2' },
    ])
    expect(await store.query(`select needs_relink from dirty_key_results where key_result = 'KR-2'`)).toEqual(
      [{ needs_relink: true }],
    )
  })

  it('leaves goals of cycles it does not list alone', async () => {
    await files.apply(EXAMPLE)
    const other = 'version: 1\nobjectives: [{ key: O-9, cycle: 2026-Q4, title: Of another team }]\n'
    expect((await files.apply(other)).changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'create O-9',
    ])
  })

  it('finds issues by key, and names them by the key they have when it exports', async () => {
    const anchored = edited([
      'dependsOn: [KR-3]',
      'dependsOn: [KR-3]\n        anchorIssue: { site: main, issue: proj-7 }',
    ])
    await files.apply(anchored)
    expect(await store.query(`select anchor_issue_id from key_results where key = 'KR-4'`)).toEqual([
      { anchor_issue_id: '7' },
    ])
    const text = await files.exported()
    expect(text).toContain('issue: PROJ-7')
    expect((await files.apply(text)).changes).toEqual([])
  })

  it('ticks steps by their issues, and keeps ticks of a step under its new title', async () => {
    await files.apply(
      edited([
        'title: Pilot signed, percent: 20',
        'title: Pilot signed, percent: 20, issue: { site: main, issue: PROJ-8 }',
      ]),
    )
    expect(await store.query('select issue_id, key_result from milestone_issues')).toEqual([
      { issue_id: '8', key_result: 'KR-5' },
    ])
    await store.database.records.goals.addMilestoneTick({
      keyResult: 'KR-5' as KeyResultKey,
      step: 'Ten customers',
      at: NOW,
      isDone: true,
      note: '',
      author: 'Ada',
    })
    await files.apply(edited(['title: Ten customers', 'title: Ten paying customers']))
    expect(await store.query('select step from milestone_ticks')).toEqual([{ step: 'Ten paying customers' }])
    expect(await store.query('select issue_id from milestone_issues')).toEqual([])
  })

  it('does only what was shown', async () => {
    await files.apply(EXAMPLE)
    const file = edited(['target: 55 }', 'target: 65 }'])
    const planned = await files.plan(file)
    if (planned.kind === 'refused') throw new Error('refused')
    await updateKeyResult(files.deps, { key: 'KR-2' as KeyResultKey, changes: { title: 'Something else' } })
    const options = { overwrite: true, expectedPlan: planned.plan.fingerprint }
    await expect(files.apply(file, options)).rejects.toMatchObject({ code: 'OKR_PLAN_CHANGED' })
    expect(await files.exported()).toContain('target: 55')
  })

  it('leaves nothing behind when it fails in the middle', async () => {
    await store.query(`create function refuse() returns trigger language plpgsql as $$ begin
      if new.kind = 'kpi.created' then raise exception 'no room'; end if; return new; end $$`)
    await store.query('create trigger refuse before insert on feed for each row execute function refuse()')
    try {
      await expect(files.apply(EXAMPLE)).rejects.toThrow()
    } finally {
      await store.query('drop trigger refuse on feed')
      await store.query('drop function refuse')
    }
    for (const table of [
      'cycles',
      'teams',
      'objectives',
      'key_results',
      'kpis',
      'audit',
      'feed',
      'applied_goals',
      'dirty_key_results',
    ])
      expect(await store.query(`select count(*)::int as n from ${table}`), table).toEqual([{ n: 0 }])
    expect((await files.apply(EXAMPLE)).changes).toHaveLength(11)
  })

  it('is one of two that run at once: the other finds nothing to do', async () => {
    const both = await Promise.all([files.apply(EXAMPLE), files.apply(EXAMPLE)])
    expect(both.map(({ changes }) => changes.length).sort((a, b) => a - b)).toEqual([0, 11])
  })
})
