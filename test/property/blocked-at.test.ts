import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deliveryState } from '../../src/domain/contributions/delivered.ts'
import type { BlockingPast } from '../../src/domain/mirror/blocking.ts'
import type { StatusCategory } from '../../src/domain/mirror/issue.ts'
import { blockAt } from '../../src/domain/sprints/blocked.ts'
import { anyInstant, anyPast, trueStateAt, type KnownPast } from '../support/issue-histories.ts'
import { CATEGORIES, day, DOING, DONE, issueHistory, moved, RULES, START } from '../support/issues.ts'

/** Everything that happens to these issues happens on a half day. */
const STEP = (day(1) - START) / 2

/** When a link was made and removed, in turns, ascending. */
const anyTurns = fc
  .uniqueArray(anyInstant, { maxLength: 6 })
  .map((instants) => instants.sort((a, b) => a - b))

const anyBlocking = fc.record({
  issue: anyPast('1'),
  blockers: fc.tuple(
    fc.record({ past: anyPast('2'), turns: anyTurns }),
    fc.record({ past: anyPast('3'), turns: anyTurns }),
  ),
})

function pastOf(blockers: readonly { past: KnownPast; turns: readonly number[] }[]): BlockingPast {
  const links = blockers.flatMap(({ past, turns }) =>
    turns.map((at, turn) => ({
      blockerId: past.history.issueId,
      madeAt: turn % 2 === 0 ? at : null,
      removedAt: turn % 2 === 1 ? at : null,
    })),
  )
  return {
    known: new Map([['1', { read: null, links }]]),
    idOfKey: new Map(),
    blockers: new Map(blockers.map(({ past: { history } }) => [history.issueId, history])),
    deletedAt: new Map(),
  }
}

it('an issue is blocked by what is linked and open then, for as long as it has been without a break', () => {
  fc.assert(
    fc.property(anyBlocking, anyInstant, ({ issue, blockers }, at) => {
      fc.pre(trueStateAt(issue, at) !== null)
      const blockersAt = (instant: number) =>
        blockers.flatMap(({ past, turns }) => {
          const state = trueStateAt(past, instant)
          const isLinked = turns.filter((turn) => turn <= instant).length % 2 === 1
          const isOpen =
            state !== null && /^(to_do|in_progress)$/.test(deliveryState(state, RULES.notDelivered))
          return isLinked && isOpen ? [past.history.issueId] : []
        })
      const isBlockedAt = (instant: number) =>
        trueStateAt(issue, instant)?.isFlagged === true || blockersAt(instant).length > 0

      const block = blockAt(issue.history, pastOf(blockers), RULES, at)
      expect(block !== null).toBe(isBlockedAt(at))
      if (block === null) return
      expect(block.blockers.map(({ issueId }) => issueId).sort()).toEqual(blockersAt(at))
      let since = at
      while (since > issue.history.createdAt && isBlockedAt(since - STEP)) since -= STEP
      expect(block.since).toBe(since)
    }),
    { numRuns: 1_000 },
  )
})

/** How often a status is looked up to tell of one issue that many with many changes block. */
function lookUps(blockers: number, changes: number): number {
  let count = 0
  class Counted extends Map<string, StatusCategory> {
    override get(statusId: string): StatusCategory | undefined {
      count++
      return super.get(statusId)
    }
  }
  const ids = Array.from({ length: blockers }, (_, index) => String(index + 2))
  const turn = (at: number, isEven: boolean) => (isEven ? moved(at, DOING, DONE) : moved(at, DONE, DOING))
  const past = (issueId: string) =>
    issueHistory(
      { issueId },
      ...Array.from({ length: changes }, (_, index) => turn(day(index) + Number(issueId), index % 2 === 0)),
    )
  const blocking: BlockingPast = {
    known: new Map([
      ['1', { read: null, links: ids.map((blockerId) => ({ blockerId, madeAt: day(0), removedAt: null })) }],
    ]),
    idOfKey: new Map(),
    blockers: new Map(ids.map((id) => [id, past(id)])),
    deletedAt: new Map(),
  }
  const rules = { ...RULES, categories: new Counted(CATEGORIES) }
  expect(blockAt(issueHistory(), blocking, rules, day(90))?.blockers).toHaveLength(blockers)
  return count
}

it('costs what the changes of those that block it are, and not that for each of them', () => {
  expect(lookUps(50, 10)).toBeLessThan(2 * 50 * 11)
  expect(lookUps(500, 10)).toBeLessThan(2 * 500 * 11)
  expect(lookUps(50, 100)).toBeLessThan(2 * 50 * 101)
})
