import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deliveryState } from '../../src/domain/contributions/delivered.ts'
import type { Sprint } from '../../src/domain/mirror/facts.ts'
import type { IssueState } from '../../src/domain/mirror/issue.ts'
import { CARRY_OVER_MS, sprintReport, type SprintIssue } from '../../src/domain/sprints/sprint-report.ts'
import { anyInstant, anyPast, trueStateAt, type KnownPast } from '../support/issue-histories.ts'
import { CATEGORIES, day } from '../support/issues.ts'
import { anyLaterEdits, editedFrom, type LaterEdit } from '../support/later-edits.ts'

const notDelivered = { resolutionIds: new Set<string>() }
const rules = { categories: CATEGORIES, notDelivered }
const now = day(100)

const anySprint: fc.Arbitrary<Sprint> = fc
  .record({ startAt: anyInstant, lasts: fc.nat({ max: 30 }) })
  .map(({ startAt, lasts }): Sprint => ({
    sprintId: 7,
    name: '',
    state: 'closed',
    startAt,
    endAt: startAt + day(14) - day(0),
    completeAt: startAt + day(lasts) - day(0),
    goal: '',
    boardId: null,
  }))
const anyPasts = fc.tuple(anyPast('1'), anyPast('2'), anyPast('3'))

const report = (sprint: Sprint, pasts: readonly KnownPast[]) =>
  sprintReport(
    sprint,
    pasts.map(({ history }) => history),
    rules,
    now,
  )!

const ids = (issues: readonly SprintIssue[]) => issues.map(({ issueId }) => issueId)
const isIn = (state: IssueState | null) => state?.sprintIds.includes(7) === true

it('ends with exactly what it began with and what came in', () => {
  fc.assert(
    fc.property(anySprint, anyPasts, (sprint, pasts) => {
      const { committed, added, removed, completed, notCompleted } = report(sprint, pasts)
      const took = [...ids(committed), ...ids(added)]
      const left = [...ids(removed), ...ids(completed), ...ids(notCompleted)]
      expect(new Set(took).size).toBe(took.length)
      expect(took.sort()).toEqual(left.sort())
    }),
    { numRuns: 300 },
  )
})

it('lists what was truly in it at its start and at its end, with the keys and points of those instants', () => {
  fc.assert(
    fc.property(anySprint, anyPasts, (sprint, pasts) => {
      const { committed, completed, notCompleted } = report(sprint, pasts)
      const listedAt = (at: number, isWanted: (state: IssueState) => boolean) =>
        pasts.flatMap((past) => {
          const state = trueStateAt(past, at)
          if (state === null || !isIn(state) || !isWanted(state)) return []
          return [{ issueId: past.history.issueId, key: state.key, points: state.points }]
        })
      const isDelivered = (state: IssueState) => deliveryState(state, notDelivered) === 'delivered'
      const plain = (issues: readonly SprintIssue[]) =>
        issues.map(({ issueId, key, points }) => ({ issueId, key, points }))
      expect(plain(committed)).toEqual(listedAt(sprint.startAt!, () => true))
      expect(plain(completed)).toEqual(listedAt(sprint.completeAt!, isDelivered))
      expect(plain(notCompleted)).toEqual(listedAt(sprint.completeAt!, (state) => !isDelivered(state)))
    }),
    { numRuns: 300 },
  )
})

it('takes in what was in it at any instant of its run, however shortly', () => {
  fc.assert(
    fc.property(anySprint, anyPasts, (sprint, pasts) => {
      const { committed, added } = report(sprint, pasts)
      const wasIn = pasts.filter((past) =>
        [sprint.startAt!, ...past.states.map(({ at }) => at)]
          .filter((at) => at >= sprint.startAt! && at <= sprint.completeAt!)
          .some((at) => isIn(trueStateAt(past, at))),
      )
      expect([...ids(committed), ...ids(added)].sort()).toEqual(wasIn.map(({ history }) => history.issueId))
    }),
    { numRuns: 300 },
  )
})

const editedLater = (
  past: KnownPast,
  sprint: Sprint,
  afterMs: number,
  edits: readonly LaterEdit[],
): KnownPast => ({
  ...past,
  history: editedFrom(past.history, sprint.completeAt! + afterMs, edits),
})

it('is not changed by anything that happens after its completion and the carry-over', () => {
  fc.assert(
    fc.property(anySprint, anyPasts, fc.array(anyLaterEdits, { minLength: 3 }), (sprint, pasts, edits) => {
      const later = pasts.map((past, index) => editedLater(past, sprint, CARRY_OVER_MS + 1, edits[index]!))
      expect(report(sprint, later)).toEqual(report(sprint, pasts))
    }),
    { numRuns: 300 },
  )
})

/** Later edits that begin as Jira carries over what a completed sprint leaves: into a sprint it was not in before. */
const anyCarryOver = anyLaterEdits.map((edits): LaterEdit[] => [{ field: 'sprint', to: [10] }, ...edits])

it('lets the moments after its completion decide where things were carried over to, and nothing else', () => {
  let carried = 0
  fc.assert(
    fc.property(anySprint, anyPasts, fc.array(anyCarryOver, { minLength: 3 }), (sprint, pasts, edits) => {
      const later = pasts.map((past, index) => editedLater(past, sprint, 3_000, edits[index]!))
      const { carriedOver, ...rest } = report(sprint, later)
      expect({ ...rest, carriedOver: [] }).toEqual({ ...report(sprint, pasts), carriedOver: [] })
      const notCompleted = ids(rest.notCompleted)
      expect(ids(carriedOver).every((id) => notCompleted.includes(id))).toBe(true)
      carried += carriedOver.length
    }),
    { numRuns: 300 },
  )
  expect(carried).toBeGreaterThan(5)
})

it('does not depend on the order of issues, nor on a deletion after its end', () => {
  fc.assert(
    fc.property(anySprint, anyPasts, fc.nat({ max: 10 }), (sprint, pasts, days) => {
      const deletedAt = Math.max(sprint.completeAt!, day(60)) + CARRY_OVER_MS + 1 + day(days) - day(0)
      const deleted = pasts.map((past) => ({
        ...past,
        history: { ...past.history, deletedAt: past.history.deletedAt ?? deletedAt },
      }))
      expect(report(sprint, deleted.toReversed())).toEqual(report(sprint, pasts))
    }),
    { numRuns: 300 },
  )
})
