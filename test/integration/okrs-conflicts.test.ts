import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { archiveKeyResult } from '../../src/app/goals/archive-key-result.ts'
import { restoreKeyResult } from '../../src/app/goals/restore-key-result.ts'
import { updateKeyResult } from '../../src/app/goals/update-key-result.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { planText } from '../../src/domain/okrs/plan-text.ts'
import { edited, EXAMPLE, forgetGoals, okrFiles } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let store: FreshDatabase
let files: ReturnType<typeof okrFiles>

beforeAll(async () => {
  store = await freshDatabase()
  files = okrFiles(store)
})
afterAll(() => store.drop())
beforeEach(() => forgetGoals(store))

async function moveTarget(to: number): Promise<void> {
  const measure = { kind: 'metric', unit: '%', baseline: 45, target: to } as const
  await updateKeyResult(files.deps, { key: 'KR-1' as KeyResultKey, changes: { measure } })
}

const WITHOUT_KR_2 = EXAMPLE.replace(/ {6}- key: KR-2[\s\S]*?period: month \}\n/, '')

const told = async (file: string) =>
  (await files.problems(file)).map(({ kind, message }) => ({ kind, message }))

describe('a file over what somebody changed since', () => {
  beforeEach(async () => {
    await files.apply(EXAMPLE)
  })

  it('is refused where both speak of the same property, and says how it stands', async () => {
    await moveTarget(60)
    expect(await told(EXAMPLE)).toEqual([
      {
        kind: 'conflict',
        message:
          'KR-1 target was changed to 60 after the file was applied; the file still says 55: export again, or pass --overwrite',
      },
    ])
    await expect(files.apply(EXAMPLE)).rejects.toMatchObject({ code: 'OKR_APPLY_CONFLICT' })
    expect((await files.apply(EXAMPLE, { overwrite: true })).changes).toMatchObject([
      { key: 'KR-1', properties: [{ name: 'measure.target', before: 60, after: 55 }] },
    ])
    expect(await told(EXAMPLE)).toEqual([])
  })

  it('is accepted where it says the same by now, and for properties nobody touched', async () => {
    await moveTarget(60)
    expect((await files.apply(edited(['target: 55 }', 'target: 60 }']))).changes).toEqual([])
    expect((await files.apply(edited(['target: 55 }', 'target: 70 }']))).changes).toHaveLength(1)
  })

  it('does not archive what was changed since, nor restore what was archived', async () => {
    await updateKeyResult(files.deps, { key: 'KR-2' as KeyResultKey, changes: { owner: 'Ada' } })
    await archiveKeyResult(files.deps, { key: 'KR-4' as KeyResultKey })
    const messages = (await told(WITHOUT_KR_2)).map(({ message }) => message)
    expect(messages.map((message) => message.slice(0, 60))).toEqual([
      'KR-4 was archived after the file was applied; take it out of',
      'KR-2 was changed (owner) after the file was applied, and the',
    ])
    const { changes } = await files.apply(WITHOUT_KR_2, { overwrite: true })
    expect(changes.map(({ action, key }) => `${action} ${key}`)).toEqual(['restore KR-4', 'archive KR-2'])
  })

  it('does not take over a goal that got the key of a new one meanwhile', async () => {
    await store.query(`insert into key_results (key, objective, title, measure, weight)
      values ('KR-6', 'O-1', 'Of somebody else', '{"kind":"binary"}', 1)`)
    const file = edited([
      '      - key: KR-2\n',
      '      - { key: KR-6, title: Ours, measure: { kind: binary } }\n      - key: KR-2\n',
    ])
    expect(await told(file)).toEqual([
      {
        kind: 'conflict',
        message:
          'KR-6 exists already, made elsewhere, with title "Of somebody else" where the file says "Ours": take a key that is ' +
          'free, export and edit that, or pass --overwrite to take it over',
      },
    ])
  })
})

const done = ({ changes }: { readonly changes: readonly { action: string; key: string }[] }) =>
  changes.map(({ action, key }) => `${action} ${key}`)

describe('a file over goals that were made beside all files', () => {
  /** As an import or the API leaves them: nothing is remembered of a file. */
  const makeBeside = (file: string) => files.apply(file, { archiveMissing: false })

  it('is refused where it says something else, and names who made them and when', async () => {
    await makeBeside(EXAMPLE)
    const file = edited(
      ['target: 55 }', 'target: 65 }'],
      ['title: Fourth quarter 2026', 'title: Autumn'],
      ['title: Search\n', 'title: Finding\n'],
    )
    expect((await told(file)).map(({ kind, message }) => `${kind}: ${message.split(':')[0]}`)).toEqual([
      'conflict: team search exists already, made on 2026-11-21 by cli, with title "Search" where the file says "Finding"',
      'conflict: cycle 2026-Q4 exists already, made on 2026-11-21 by cli, with title "Fourth quarter 2026" where the file says "Autumn"',
      'conflict: KR-1 exists already, made on 2026-11-21 by cli, with target 55 where the file says 65',
    ])
    await store.query(`update audit set by = 'Ada' where subject = 'KR-1'`)
    expect((await told(file)).at(-1)?.message).toContain('made on 2026-11-21 by Ada (cli), with target 55')
    await expect(files.apply(file)).rejects.toMatchObject({ code: 'OKR_APPLY_CONFLICT' })
    const { changes } = await files.apply(file, { overwrite: true })
    expect(changes.map(({ key }) => key)).toEqual(['search', '2026-Q4', 'KR-1'])
    // From now on they are the file's.
    expect((await files.apply(edited(['target: 55 }', 'target: 70 }']))).changes).toHaveLength(3)
  })

  it('takes them over as they are where it says the same', async () => {
    await makeBeside(EXAMPLE)
    expect((await files.apply(EXAMPLE)).changes).toEqual([])
    expect(done(await files.apply(WITHOUT_KR_2))).toEqual(['archive KR-2'])
  })

  it('leaves alone what it does not name, says so, and archives it only when it is to win', async () => {
    await makeBeside(EXAMPLE)
    const planned = await files.plan(WITHOUT_KR_2)
    if (planned.kind === 'refused') throw new Error('refused')
    expect(planned.plan.changes).toEqual([])
    expect(planned.plan.leftAlone.map(({ goal }) => goal.key)).toEqual(['KR-2'])
    expect(planText(planned.plan)).toContain('Left as they are, for no file ever named them: KR-2')
    await files.apply(WITHOUT_KR_2)
    // Also when it is applied again: it was never the file's.
    expect((await files.apply(WITHOUT_KR_2)).changes).toEqual([])
    expect(await files.exported()).toContain('key: KR-2')
    expect(done(await files.apply(WITHOUT_KR_2, { overwrite: true }))).toEqual(['archive KR-2'])
  })

  it('does not archive an objective over their heads', async () => {
    await files.apply(EXAMPLE)
    await makeBeside(
      'version: 1\nobjectives:\n  - { key: O-2, cycle: 2026-Q4, title: X, keyResults: [{ key: KR-40, title: Beside, measure: { kind: binary } }] }\n',
    )
    await files.apply(EXAMPLE, { overwrite: true })
    await store.query(`update key_results set archived_at = null where key = 'KR-40'`)
    await store.query(`delete from applied_goals where subject = 'KR-40'`)
    const withoutObjective = EXAMPLE.replace(/ {2}- key: O-2[\s\S]*?(?=kpis:)/, '')
    expect((await told(withoutObjective)).map(({ message }) => message)).toEqual([
      'O-2 is no longer in the file, but KR-40 under it never was: name what is to stay (export again), or pass --overwrite ' +
        'to archive all of it',
    ])
  })

  it('does not wake an archived one for a new goal that got its key', async () => {
    await makeBeside(EXAMPLE)
    await archiveKeyResult(files.deps, { key: 'KR-4' as KeyResultKey })
    expect((await told(EXAMPLE)).map(({ message }) => message)).toEqual([
      'KR-4 exists already, made on 2026-11-21 by cli, and is archived: take a key that is free, or pass --overwrite to ' +
        'restore it as the file has it',
    ])
  })
})

describe('a goal that somebody archived', () => {
  it('comes back when the file, after it was taken out, names it again', async () => {
    await files.apply(EXAMPLE)
    await archiveKeyResult(files.deps, { key: 'KR-2' as KeyResultKey })
    expect((await told(EXAMPLE)).map(({ kind }) => kind)).toEqual(['conflict'])
    expect((await files.apply(WITHOUT_KR_2)).changes).toEqual([])
    expect(done(await files.apply(EXAMPLE))).toEqual(['restore KR-2'])
  })

  it('is nobody else’s to change when it was restored by hand after a file put it aside', async () => {
    await files.apply(EXAMPLE)
    await files.apply(WITHOUT_KR_2)
    await restoreKeyResult(files.deps, { key: 'KR-2' as KeyResultKey })
    expect((await files.apply(WITHOUT_KR_2)).leftAlone).toHaveLength(1)
    expect((await files.apply(EXAMPLE)).changes).toEqual([])
    await files.apply(WITHOUT_KR_2)
    await restoreKeyResult(files.deps, { key: 'KR-2' as KeyResultKey })
    const [conflict] = await told(edited(['Keep monthly', 'Hold monthly']))
    expect(conflict?.message).toMatch(/^KR-2 was restored after a file archived it, with title "Keep monthly/)
  })
})
