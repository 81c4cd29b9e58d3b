import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

const keyOf = (number: number) => `KR-${number}` as KeyResultKey
const [KR_1, KR_2, KR_3, KR_4] = [keyOf(1), keyOf(2), keyOf(3), keyOf(4)]

let store: FreshDatabase
beforeEach(async () => {
  store = await freshDatabase()
})
afterEach(() => store.drop())

const progress = () => store.database.records.progress
const mark = (keys: readonly KeyResultKey[], relink = false) =>
  progress().markDirty(keys.map((keyResult) => ({ keyResult, day: null, relink })))
const markedAgo = (key: KeyResultKey, seconds: number) =>
  store.query(
    `update dirty_key_results set since = now() - $2 * interval '1 second',
       marked_at = now() - $2 * interval '1 second' where key_result = $1`,
    [key, seconds],
  )

async function wishOf(key: KeyResultKey) {
  const [wish] = await progress().relinkWishes([key])
  return wish!
}

describe('marked key results', () => {
  beforeEach(async () => {
    await mark([KR_1, KR_2, KR_3, KR_4])
    await markedAgo(KR_1, 40)
    await markedAgo(KR_2, 30)
    await markedAgo(KR_3, 20)
  })

  it('are the newest by their last mark, and the oldest by their first', async () => {
    await mark([KR_1])
    expect(await progress().lastDirtyKeyResults(2, 1_000)).toEqual([KR_1, KR_3])
    expect(await progress().dirtyKeyResults(2)).toEqual([KR_1, KR_2])
  })

  it('are among the newest once they have waited long enough', async () => {
    expect(await progress().lastDirtyKeyResults(10, 10_000)).toEqual([KR_3, KR_2, KR_1])
    expect(await progress().lastDirtyKeyResults(10, 25_000)).toEqual([KR_2, KR_1])
    expect(await progress().lastDirtyKeyResults(1, 10_000)).toEqual([KR_3])
  })

  it('make room for others when some are excepted', async () => {
    expect(await progress().dirtyKeyResults(2, [KR_1])).toEqual([KR_2, KR_3])
    expect(await progress().lastDirtyKeyResults(1, 10_000, [KR_3, KR_4])).toEqual([KR_2])
  })
})

describe('a wish for new links', () => {
  it('is not fulfilled by a run that began before its mark was cleared and made anew', async () => {
    await mark([KR_1], true)
    const before = await wishOf(KR_1)
    await progress().clearDirty([{ keyResult: KR_1, generation: 1, earliestDay: null, needsRelink: false }])
    await mark([KR_1], true)
    await progress().linksEvaluated([before])
    expect(await wishOf(KR_1)).toMatchObject({ keyResult: KR_1 })
    await progress().linksEvaluated([await wishOf(KR_1)])
    expect(await progress().relinkWishes([KR_1])).toEqual([])
  })

  it('is another than the one it waited for, also when its transaction is the older one', async () => {
    const names: number[] = []
    await store.database.transaction(async (older) => {
      await older.progress.markDirty([{ keyResult: KR_2, day: null, relink: true }])
      await mark([KR_1], true)
      names.push((await wishOf(KR_1)).wish)
      await older.progress.markDirty([{ keyResult: KR_1, day: null, relink: true }])
    })
    names.push((await wishOf(KR_1)).wish)
    expect(new Set(names).size).toBe(2)
  })

  it('stands when the key result is marked without one', async () => {
    await mark([KR_1], true)
    const { wish } = await wishOf(KR_1)
    await mark([KR_1])
    expect(await wishOf(KR_1)).toEqual({ keyResult: KR_1, wish })
  })
})
