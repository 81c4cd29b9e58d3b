import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, supersedes, type Version } from '../../src/domain/mirror/facts.ts'

interface Sighting {
  readonly version: Version
  readonly content: unknown
}

/** JSON as it comes back from a store: without −0. */
const anyJson = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)

/** Few versions and few contents, so that ties of every kind happen. */
const anySighting: fc.Arbitrary<Sighting> = fc.record({
  version: fc.record({ at: fc.nat({ max: 2 }), rank: fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER) }),
  content: fc.oneof(fc.constantFrom({ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 2 }, null, 'x', [1]), anyJson),
})

const isSame = (a: Sighting, b: Sighting) =>
  a.version.at === b.version.at &&
  a.version.rank === b.version.rank &&
  isDeepStrictEqual(a.content, b.content)

/** What a register keeps of the sightings that reach it. */
function fold(sightings: readonly Sighting[]): Sighting | null {
  return sightings.reduce<Sighting | null>(
    (kept, sighting) => (kept === null || supersedes(sighting, kept) ? sighting : kept),
    null,
  )
}

/** The same value with the keys of every object in another order. */
function reordered(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(reordered)
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, reordered(item)]),
  )
}

describe('of two sightings that differ', () => {
  it('exactly one supersedes the other, and of equal ones none', () => {
    fc.assert(
      fc.property(anySighting, anySighting, (a, b) => {
        const wins = [supersedes(a, b), supersedes(b, a)].filter((won) => won).length
        expect(wins).toBe(isSame(a, b) ? 0 : 1)
      }),
      { numRuns: 500 },
    )
  })

  it('what supersedes the one that supersedes a third supersedes the third', () => {
    fc.assert(
      fc.property(anySighting, anySighting, anySighting, (a, b, c) => {
        if (supersedes(a, b) && supersedes(b, c)) expect(supersedes(a, c)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('the later one wins, then the one of higher rank, whatever they say', () => {
    fc.assert(
      fc.property(anySighting, anySighting, (a, b) => {
        const later = { ...a, version: { at: b.version.at + 1, rank: 0 } }
        expect(supersedes(later, b)).toBe(true)
        const fetched = { ...a, version: { at: b.version.at, rank: b.version.rank + 1 } }
        if (b.version.rank < Number.MAX_SAFE_INTEGER) expect(supersedes(fetched, b)).toBe(true)
      }),
    )
  })
})

describe('a register', () => {
  const anyArrivals = fc
    .array(anySighting, { minLength: 1, maxLength: 8 })
    .chain((sightings) =>
      fc.tuple(
        fc.constant(sightings),
        fc.shuffledSubarray(sightings, { minLength: sightings.length }),
        fc.subarray(sightings),
      ),
    )

  it('keeps the same in whatever order and however often sightings reach it', () => {
    fc.assert(
      fc.property(anyArrivals, ([sightings, shuffled, again]) => {
        expect(fold([...shuffled, ...again])).toEqual(fold(sightings))
      }),
    )
  })

  it('keeps the same however its sightings are batched', () => {
    fc.assert(
      fc.property(anyArrivals, fc.nat({ max: 8 }), ([sightings], split) => {
        const parts = [fold(sightings.slice(0, split)), fold(sightings.slice(split))]
        expect(fold(parts.filter((part) => part !== null))).toEqual(fold(sightings))
      }),
    )
  })
})

describe('canonical text', () => {
  const anyPair = fc.oneof(
    fc.tuple(anyJson, anyJson),
    anyJson.map((value) => [value, reordered(value)] as const),
    fc.tuple(anyJson, anyJson).map(
      ([a, b]) =>
        [
          { a, b },
          { b: a, a: b },
        ] as const,
    ),
    fc.tuple(anyJson, anyJson).map(
      ([a, b]) =>
        [
          [a, b],
          [b, a],
        ] as const,
    ),
    fc.tuple(anyJson, fc.string()).map(([a, key]) => [{ [key]: a }, { [key]: [a] }] as const),
  )

  it('is equal exactly for values that are deeply equal', () => {
    fc.assert(
      fc.property(anyPair, ([a, b]) => {
        expect(canonicalText(a) === canonicalText(b)).toBe(isDeepStrictEqual(a, b))
      }),
      { numRuns: 1_000 },
    )
  })

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(JSON.parse(canonicalText(value))).toEqual(value)
      }),
    )
  })

  it('takes a key that says undefined for one that is not there, as JSON does', () => {
    expect(canonicalText({ a: undefined, b: [undefined] })).toBe('{"b":[null]}')
    expect(canonicalText(undefined)).toBe('null')
  })
})
