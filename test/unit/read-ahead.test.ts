import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readAhead } from '../../src/app/read-ahead.ts'

const turn = () => new Promise((done) => setImmediate(done))

/** Gives numbers from 1 on and remembers how far it was read. */
function counting(count: number) {
  const source = { given: 0, isClosed: false }
  async function* numbers(): AsyncGenerator<number> {
    try {
      while (source.given < count) {
        yield ++source.given
        await Promise.resolve()
      }
    } finally {
      source.isClosed = true
    }
  }
  return { source, numbers: numbers() }
}

it('gives everything once and in order, whatever the weights and however slow the reader', async () => {
  const weights = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(weights, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (items, most, isSlow) => {
      async function* source(): AsyncGenerator<number> {
        for (const item of items) yield await Promise.resolve(item)
      }
      const read: number[] = []
      for await (const portion of readAhead(source(), (weight) => weight, most)) {
        const heavy = portion.filter((weight) => weight > 0)
        const total = portion.reduce((sum, weight) => sum + weight, 0)
        expect(total <= most || heavy.length === 1).toBe(true)
        read.push(...portion)
        if (isSlow) await turn()
      }
      expect(read).toEqual(items)
    }),
  )
})

it('reads on while the reader is busy, and no further than it may', async () => {
  const { source, numbers } = counting(100)
  const portions = readAhead(numbers, () => 1, 5)
  expect((await portions.next()).value).toEqual([1])
  for (let turns = 0; turns < 50; turns++) await turn()
  // Five lie ready, one more waits for its place.
  expect(source.given).toBe(7)
  expect((await portions.next()).value).toEqual([2, 3, 4, 5, 6])
  await portions.return(undefined)
})

it('tells of a failure after everything that came before it', async () => {
  async function* failing(): AsyncGenerator<number> {
    yield await Promise.resolve(1)
    yield 2
    throw new Error('the third page is lost')
  }
  const read: number[] = []
  const reading = async () => {
    for await (const portion of readAhead(failing(), () => 1, 10)) {
      read.push(...portion)
      await turn()
    }
  }
  await expect(reading()).rejects.toThrow('the third page is lost')
  expect(read).toEqual([1, 2])
})

it('stops reading when the reader leaves', async () => {
  const { source, numbers } = counting(100)
  for await (const portion of readAhead(numbers, () => 1, 3)) if (portion.includes(1)) break
  for (let turns = 0; turns < 50; turns++) await turn()
  expect(source.isClosed).toBe(true)
  expect(source.given).toBeLessThan(10)
})
