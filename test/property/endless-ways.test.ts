import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circleThrough } from '../../src/domain/alignment/circle.ts'
import { endlessWays } from '../../src/domain/okrs/endless-ways.ts'

const steps = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { maxLength: 9 })
const waysOf = (drawn: readonly (readonly number[])[]) =>
  new Map(drawn.map((nexts, key) => [`${key}`, nexts.map(String)]))

describe('ways that never end', () => {
  it('are those of every key on a circle, and of every key that leads to one', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const ways = waysOf(drawn)
        const onCircles = [...ways.keys()].filter((key) => circleThrough(key, ways) !== null)
        const reaching = new Set(onCircles)
        for (let grew = true; grew;) {
          const more = [...ways].filter(
            ([key, nexts]) => !reaching.has(key) && nexts.some((next) => reaching.has(next)),
          )
          for (const [key] of more) reaching.add(key)
          grew = more.length > 0
        }
        expect([...endlessWays(ways)].toSorted()).toEqual([...reaching].toSorted())
      }),
    )
  })

  it('are found by looking at each step once, however long a chain is', () => {
    const chain = new Map(Array.from({ length: 50_000 }, (_, at) => [`${at}`, at === 0 ? [] : [`${at - 1}`]]))
    expect(endlessWays(chain).size).toBe(0)
    chain.set('0', ['49999'])
    expect(endlessWays(chain).size).toBe(50_000)
  })
})
