import { expect, it } from 'vitest'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import {
  arrivalOf,
  carriageInto,
  departureOf,
  passagesOf,
  type Changes,
  type Place,
} from '../../src/domain/retrospective/passages.ts'

const KR = 'KR-1' as KeyResultKey
const [A, B, C] = ['A', 'B', 'C'] as CycleKey[]
const place = (number: number, cycle: CycleKey): Place => ({
  objective: `O-${number}` as ObjectiveKey,
  cycle,
})
const nobody = { by: null, reason: null }

/** @param moves of the key result, and of objectives, each at its instant */
function changes(
  own: readonly (readonly [at: number, before: Place, after: Place, isCarried?: boolean])[],
  cycles: readonly (readonly [at: number, objective: number, before: CycleKey, after: CycleKey])[],
): Changes {
  const moved = cycles.map(([at, number, before, after]) => {
    return { objective: `O-${number}` as ObjectiveKey, at, before, after, by: `by ${at}`, reason: null }
  })
  return {
    objectives: new Map([
      [
        KR,
        own.map(([at, before, after, isCarried = false]) => {
          return { keyResult: KR, at, before, after, isCarried, ...nobody }
        }),
      ],
    ]),
    cycles: Map.groupBy(moved, ({ objective }) => objective),
  }
}

const told = (now: Place, known: Changes) =>
  passagesOf(KR, now, known).map(({ at, from, into }) => `${at}: ${from} to ${into}`)

it('a key result goes from cycle to cycle by itself and with its objective, by what that was in then', () => {
  // O-1 was in A and goes to B at 20, when the key result has left it for O-2, which goes from A to C at 30.
  const known = changes(
    [[10, place(1, B!), place(2, C!)]],
    [
      [20, 1, A!, B!],
      [30, 2, A!, C!],
    ],
  )
  expect(told(place(2, C!), known)).toEqual(['30: A to C'])
  expect(told(place(1, B!), changes([], [[20, 1, A!, B!]]))).toEqual(['20: A to B'])
  expect(told(place(2, B!), changes([[10, place(1, A!), place(2, B!)]], []))).toEqual(['10: A to B'])
})

it('what happens in one instant is one passage, or none where it ends where it began', () => {
  const known = changes(
    [[10, place(1, B!), place(2, B!)]],
    [
      [10, 1, A!, B!],
      [10, 2, C!, B!],
    ],
  )
  expect(told(place(2, B!), known)).toEqual(['10: A to B'])
  const back = changes(
    [],
    [
      [10, 1, A!, B!],
      [10, 1, B!, A!],
    ],
  )
  expect(told(place(1, A!), back)).toEqual([])
})

it('who made it, and where from, is told of the move that made it', () => {
  const [passage] = passagesOf(KR, place(1, B!), changes([], [[20, 1, A!, B!]]))
  const said = { by: 'by 20', reason: null }
  expect(passage).toEqual({ at: 20, from: 'A', into: 'B', objective: 'O-1', isCarried: false, ...said })
})

it('it came by its first passage into a cycle and left by its last out of it; what began there never came', () => {
  const passages = passagesOf(
    KR,
    place(1, A!),
    changes(
      [],
      [
        [10, 1, A!, B!],
        [20, 1, B!, A!],
        [30, 1, A!, C!],
        [40, 1, C!, A!],
      ],
    ),
  )
  expect(arrivalOf(passages, A!)).toBeNull()
  expect(arrivalOf(passages, B!)).toMatchObject({ at: 10 })
  expect(departureOf(passages, A!)).toMatchObject({ at: 30, into: 'C' })
  expect(departureOf([], A!)).toBeNull()
})

it('one that was carried on from where it went to left its cycle for that one, and nothing by the carrying', () => {
  const known = changes(
    [
      [10, place(1, A!), place(2, B!)],
      [20, place(2, B!), place(3, C!), true],
    ],
    [],
  )
  const passages = passagesOf(KR, place(3, C!), known)
  expect(departureOf(passages, A!)).toMatchObject({ at: 10, into: 'B' })
  expect(departureOf(passages, B!)).toBeNull()
  expect(carriageInto(passages, C!)).toMatchObject({ at: 20, from: 'B' })
  expect([carriageInto(passages, B!), carriageInto(passages, A!)]).toEqual([null, null])
})

it('what was moved and carried in one instant was moved', () => {
  const known = changes(
    [
      [10, place(1, A!), place(2, B!)],
      [10, place(2, B!), place(3, C!), true],
    ],
    [],
  )
  expect(departureOf(passagesOf(KR, place(3, C!), known), A!)).toMatchObject({ at: 10, into: 'C' })
})
