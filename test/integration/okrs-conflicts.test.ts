import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { archiveKeyResult } from '../../src/app/goals/archive-key-result.ts'
import { updateKeyResult } from '../../src/app/goals/update-key-result.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
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

  it('does not archive what was made or changed since, nor restore what was archived', async () => {
    await updateKeyResult(files.deps, { key: 'KR-2' as KeyResultKey, changes: { owner: 'Ada' } })
    await archiveKeyResult(files.deps, { key: 'KR-4' as KeyResultKey })
    await store.query(`insert into key_results (key, objective, title, measure, weight)
      values ('KR-40', 'O-1', 'Made since', '{"kind":"binary"}', 1)`)
    const without = EXAMPLE.replace(/ {6}- key: KR-2[\s\S]*?period: month \}\n/, '')
    const messages = (await told(without)).map(({ message }) => message)
    expect(messages.map((message) => message.slice(0, 60))).toEqual([
      'KR-4 was archived after the file was applied; take it out of',
      'KR-2 was changed (owner) after the file was applied, and the',
      'KR-40 was made after the file was applied, and the file does',
    ])
    const { changes } = await files.apply(without, { overwrite: true })
    expect(changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'restore KR-4',
      'archive KR-2',
      'archive KR-40',
    ])
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
          'KR-6 was made after the file was applied, with title "Of somebody else" where the file says "Ours": take a key ' +
          'that is free, or pass --overwrite',
      },
    ])
  })
})
