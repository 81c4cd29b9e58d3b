import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BoardFact } from '../../src/domain/mirror/facts.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let store: FreshDatabase
beforeAll(async () => {
  store = await freshDatabase()
})
afterAll(() => store.drop())
beforeEach(() => store.query('truncate sprints, boards'))

const board = (at: number, name: string | null, deleted = false): BoardFact => ({
  kind: 'board',
  version: { at, rank: 0 },
  boardId: 1,
  name,
  deleted,
})

/** Every order of the items. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]))
}

describe('a board', () => {
  async function seenAs(...batches: BoardFact[][]) {
    await store.query('truncate boards')
    for (const batch of batches) await store.database.records.mirror.saveBoards('main', batch)
    return store.query('select name, deleted from boards')
  }

  it.each([
    ['described before its deletion', [board(1_000, 'X'), board(2_000, null, true)], 'X', true],
    [
      'renamed, then deleted, and described without a name',
      [board(1_000, 'X'), board(2_000, 'Y'), board(3_000, null), board(4_000, null, true)],
      'Y',
      true,
    ],
    ['deleted with its name', [board(1_000, 'X'), board(2_000, 'Y', true)], 'Y', true],
    [
      'read by a clock ahead of its deletion',
      [board(1_000, 'X'), board(2_000, null, true), board(3_000, 'Y')],
      'Y',
      true,
    ],
    ['never named', [board(1_000, null), board(2_000, null)], null, false],
  ])('%s keeps its last name in whatever order that arrives', async (_what, facts, name, deleted) => {
    for (const order of orders(facts)) {
      expect(await seenAs(...order.map((fact) => [fact]))).toEqual([{ name, deleted }])
      expect(await seenAs(order)).toEqual([{ name, deleted }])
    }
  })
})

describe('a sprint', () => {
  const deletedAt = async () => (await store.query('select deleted_at from sprints'))[0]!.deleted_at

  it('deleted twice in one batch is deleted once, at the later time', async () => {
    const { mirror } = store.database.records
    const at = (ms: number) => ({ kind: 'sprint_deleted', sprintId: 1, at: ms }) as const
    for (const batch of orders([at(1_000), at(3_000), at(2_000)])) {
      await store.query('truncate sprints')
      await mirror.saveDeletedSprints('main', batch)
      expect(await deletedAt()).toEqual(new Date(3_000))
    }
  })
})
