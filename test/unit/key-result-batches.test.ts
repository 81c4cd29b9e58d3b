import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ringFor } from '../../src/app/goals/ring-for.ts'
import { batchOf, keysOfBatch } from '../../src/app/key-result-batches.ts'
import { parseKeyResultKey, type KeyResultKey } from '../../src/domain/ids.ts'

const keys = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `KR-${from + at}` as KeyResultKey)

describe('a batch of key results', () => {
  it('holds every key that belongs to it, and none that belongs to another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (number) => {
        const key = parseKeyResultKey(`KR-${number}`)!
        const batch = batchOf(key)
        const members = keysOfBatch(batch)
        expect(members).toContain(key)
        expect(members.filter((member) => batchOf(member) !== batch)).toEqual([])
      }),
    )
  })

  it.each(['', 'KR-1', '-1', '1.5', '1e9', '999999999', '1 2', '__proto__'])(
    'is none for what was never rung: %j',
    (forged) => {
      expect(keysOfBatch(forged)).toEqual([])
    },
  )
})

describe('ringing for key results', () => {
  const rungFor = async (keyResults: readonly KeyResultKey[], changes?: number) => {
    const rung: string[] = []
    const ring = (bell: string, id: string) => Promise.resolve(void rung.push(`${bell} ${id}`))
    await ringFor({ ring }, keyResults, changes)
    return rung
  }

  it('gives a few a bell each', async () => {
    expect(await rungFor(keys(7, 3))).toEqual(['recompute KR-7', 'recompute KR-8', 'recompute KR-9'])
    expect(await rungFor([...keys(7, 1), ...keys(7, 1)])).toEqual(['recompute KR-7'])
    expect(await rungFor([])).toEqual([])
  })

  it('rings once for each batch of many', async () => {
    const rung = await rungFor(keys(1, 5_000))
    expect(rung).toHaveLength(201)
    expect(new Set(rung).size).toBe(201)
    expect(rung.every((ring) => ring.startsWith('recompute-many '))).toBe(true)
    const reached = new Set(rung.flatMap((ring) => keysOfBatch(ring.split(' ')[1]!)))
    expect(keys(1, 5_000).filter((key) => !reached.has(key))).toEqual([])
  })

  it('rings in batches for as few as are no single change', async () => {
    expect(await rungFor(keys(1, 10))).toHaveLength(10)
    expect(await rungFor(keys(1, 11))).toEqual(['recompute-many 0'])
  })

  it('counts a few for each of many persons, up to what is soon done', async () => {
    expect(await rungFor(keys(1, 20), 2)).toHaveLength(20)
    expect(await rungFor(keys(1, 21), 2)).toEqual(['recompute-many 0'])
    expect(await rungFor(keys(1, 200), 200)).toHaveLength(200)
    expect(await rungFor(keys(0, 201), 200)).toHaveLength(9)
  })
})
