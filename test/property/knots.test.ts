import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circleThrough } from '../../src/domain/alignment/circle.ts'
import { knotsOf } from '../../src/domain/okrs/knots.ts'

const steps = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { maxLength: 9 })
const waysOf = (drawn: readonly (readonly number[])[]) =>
  new Map(drawn.map((nexts, key) => [`${key}`, nexts.map(String)]))

function reachedFrom(start: string, ways: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>()
  const open = [...(ways.get(start) ?? [])]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (reached.has(key)) continue
    reached.add(key)
    open.push(...(ways.get(key) ?? []))
  }
  return reached
}

describe('knots', () => {
  it('hold every key on a circle, with all that it leads to and that leads to it', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const ways = waysOf(drawn)
        const knots = knotsOf(ways)
        const onCircles = [...ways.keys()].filter((key) => circleThrough(key, ways) !== null)
        expect([...knots.keys()].toSorted()).toEqual(onCircles)
        for (const [key, knot] of knots) {
          const mutual = onCircles.filter(
            (other) => reachedFrom(key, ways).has(other) && reachedFrom(other, ways).has(key),
          )
          expect([...knot].toSorted()).toEqual(mutual)
        }
      }),
    )
  })

  it('are found by looking at each step once, however long a chain is', () => {
    const chain = new Map(Array.from({ length: 50_000 }, (_, at) => [`${at}`, at === 0 ? [] : [`${at - 1}`]]))
    expect(knotsOf(chain).size).toBe(0)
    chain.set('0', ['1'])
    expect([...knotsOf(chain).keys()].toSorted()).toEqual(['0', '1'])
    chain.set('0', ['49999'])
    expect(knotsOf(chain).get('7')?.size).toBe(50_000)
  })
})
