import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusal } from '../../src/app/okrs/apply-okrs.ts'
import { placedProblems } from '../../src/contracts/okrs/okr-document.ts'
import { edited, EXAMPLE, forgetGoals, knowIssues, okrFiles } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let store: FreshDatabase
let files: ReturnType<typeof okrFiles>

beforeAll(async () => {
  store = await freshDatabase()
  files = okrFiles(store)
  await knowIssues(store)
})
afterAll(() => store.drop())
beforeEach(() => forgetGoals(store))

describe('a file that does not hold together', () => {
  it('is refused with everything that is wrong, at its place', async () => {
    const file = edited(
      ['level: company', 'level: company\n    parent: O-2'],
      ['team: search\n    ambition', 'team: sarch\n    healthPolicy: gut-feeling\n    ambition'],
      ['target: 4 }', 'target: 9 }'],
      ['dueDay: 2026-12-18', 'dueDay: 2027-01-18'],
      ['dependsOn: [KR-3]', 'dependsOn: [KR-4, KR-99]\n        anchorIssue: { site: main, issue: PROJ-404 }'],
      ['key: KR-5', 'key: KR-2'],
      [
        'owner: Grace Hopper\n      - key: KR-4',
        'owner: Grace Hopper\n            issue: { site: mein, issue: PROJ-7 }\n      - key: KR-4',
      ],
      ['timeZone: Europe/Berlin\n    holidays', 'timeZone: Europe/Berlln\n    holidays'],
    )
    const planned = await files.plan(file)
    expect(planned.kind).toBe('refused')
    const problems = planned.kind === 'refused' ? planned.problems : []
    expect(problems.map(({ path, message }) => `${path?.join('.')}: ${message}`)).toEqual([
      expect.stringContaining('initiatives.0.issue: there is no connected Jira site called mein'),
      expect.stringContaining('keyResults.1.anchorIssue: no issue PROJ-404 of site main is known here'),
      'objectives.1.keyResults.2.key: KR-2 stands in the file twice: under O-1 and under O-2; leave it where it belongs',
      expect.stringContaining('objectives.0.parent: leads in a circle: O-1 → O-2 → KR-1 → O-1'),
      expect.stringContaining('objectives.1.team: there is no team sarch'),
      expect.stringContaining('objectives.1.healthPolicy: there is no health policy called gut-feeling'),
      'objectives.1.keyResults.1.dependsOn.1: there is no key result KR-99',
      expect.stringContaining('objectives.1.keyResults.1.dependsOn: leads in a circle: KR-4 → KR-4'),
      expect.stringContaining('cycles.0.timeZone: Europe/Berlln is not a time zone'),
      expect.stringContaining('keyResults.0.measure.target: equals measure.baseline'),
      expect.stringContaining('keyResults.0.dueDay: KR-3 is due on 2027-01-18, outside the cycle 2026-Q4'),
    ])
    expect(await store.query('select count(*)::int as n from cycles')).toEqual([{ n: 0 }])
  })

  it('is refused for a cycle that was closed, whatever it changes there', async () => {
    await files.apply(EXAMPLE)
    await store.query(`update cycles set closed_at = now()`)
    expect((await files.plan(EXAMPLE)).kind).toBe('plan')
    const file = edited(['target: 55 }', 'target: 65 }'])
    expect((await files.problems(file)).map(({ kind, message }) => ({ kind, message }))).toEqual([
      { kind: 'problem', message: expect.stringContaining('2026-Q4 is closed') as string },
    ])
  })

  it('is told so once, whatever of it the file changes', async () => {
    await files.apply(EXAMPLE)
    await store.query(`update cycles set closed_at = now()`)
    await store.query(`update key_results set title = 'Changed' where key in ('KR-1', 'KR-3')`)
    const file = edited(['target: 55 }', 'target: 65 }']).replace(
      / {6}- key: KR-2[\s\S]*?period: month \}\n/,
      '',
    )
    const planned = await files.plan(file, { overwrite: true })
    const problems = planned.kind === 'refused' ? planned.problems : []
    const told =
      'The cycle 2026-Q4 is closed, and nothing of it changes any more. Roll its goals over into a cycle that is open, ' +
      'or reopen it. The file would change KR-1, KR-3, KR-2'
    expect(placedProblems(problems, () => 21)).toEqual([
      { line: 21, path: 'objectives.0.keyResults.0', message: told },
    ])
    expect(refusal(problems).problems).toEqual([{ field: 'objectives.0.keyResults.0', message: told }])
  })

  it('is refused when a cycle becomes too short for key results that stay as they are', async () => {
    await files.apply(EXAMPLE)
    const problems = await files.problems(edited(['endDay: 2026-12-31', 'endDay: 2026-12-10']))
    expect(problems.map(({ message }) => message)).toEqual([
      'KR-3 is due on 2026-12-18, outside the cycle 2026-Q4 (2026-10-01 to 2026-12-10)',
    ])
  })
})
