import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ManualLink } from '../../src/domain/links/manual-link.ts'
import type { IssueHistory } from '../../src/domain/mirror/issue.ts'
import { allocationOf } from '../../src/domain/sprints/allocation.ts'
import { reviewSprint } from '../../src/domain/sprints/sprint-review.ts'
import { CARRY_OVER_MS } from '../../src/domain/sprints/sprint-report.ts'
import { standup } from '../../src/domain/sprints/sprint-standup.ts'
import { trendPoint } from '../../src/domain/sprints/sprint-trend.ts'
import { sprintWork, type SprintPast } from '../../src/domain/sprints/sprint-work.ts'
import { anyInstant, anyPast } from '../support/issue-histories.ts'
import { day, KR1, KR2, manualLink } from '../support/issues.ts'
import { anyLaterEdits, editedFrom } from '../support/later-edits.ts'
import { aSprint, sprintPast, standing, standings } from '../support/sprint-pasts.ts'

const NOW = day(100)
const goals = standings(standing('KR-1'), standing('KR-2'))

const anyManualLinks: fc.Arbitrary<ManualLink[]> = fc.array(
  fc
    .record({
      issueId: fc.constantFrom('1', '2', '3'),
      keyResult: fc.constantFrom(KR1, KR2),
      role: fc.constantFrom('drives' as const, 'supports' as const),
      sharePercent: fc.integer({ min: 1, max: 100 }),
      linkedAt: anyInstant,
    })
    .map(manualLink),
  { maxLength: 3 },
)

const anyHistories: fc.Arbitrary<IssueHistory[]> = fc
  .tuple(anyPast('1'), anyPast('2'), anyPast('3'))
  .map((pasts) => pasts.map(({ history }) => history))

const anyClosed = fc
  .record({ startAt: anyInstant, days: fc.nat({ max: 30 }) })
  .map(({ startAt, days }) =>
    aSprint({ state: 'closed', startAt, endAt: startAt, completeAt: startAt + day(days) - day(0) }),
  )

/** The same past, told in another order. */
const shuffled = (past: SprintPast): SprintPast => ({
  ...past,
  histories: past.histories.toReversed(),
  contributions: past.contributions.toReversed(),
})

it('parts a sprint into what serves a key result and what serves none, without rest', () => {
  fc.assert(
    fc.property(anyHistories, anyManualLinks, anyInstant, (histories, manualLinks, at) => {
      const { total, aligned, unaligned, keyResults } = allocationOf(
        sprintWork(sprintPast(aSprint(), histories, { manualLinks })).inSprintAt(at),
      )
      expect(aligned.amount.issues + unaligned.amount.issues).toBe(total.issues)
      expect(aligned.amount.points + unaligned.amount.points).toBe(total.points)
      expect(aligned.amount.unestimated + unaligned.amount.unestimated).toBe(total.unestimated)
      const links = keyResults.reduce((sum, each) => sum + each.drives.issues + each.supports.issues, 0)
      expect(links).toBeGreaterThanOrEqual(aligned.amount.issues)
      for (const { share } of keyResults) {
        expect(share.issues).toBeLessThanOrEqual((aligned.share.issues ?? 0) + 1e-9)
        expect(share.points ?? 0).toBeLessThanOrEqual((aligned.share.points ?? 0) + 1e-9)
      }
    }),
    { numRuns: 300 },
  )
})

it('reviews and measures a closed sprint alike, whatever is edited or linked after its completion', () => {
  fc.assert(
    fc.property(
      anyClosed,
      anyHistories,
      anyManualLinks,
      fc.array(anyLaterEdits, { minLength: 3, maxLength: 3 }),
      (sprint, histories, links, edits) => {
        const after = sprint.completeAt! + CARRY_OVER_MS + 1
        const manualLinks = links.filter(({ linkedAt }) => linkedAt < after)
        const then = sprintPast(sprint, histories, { manualLinks })
        const later = sprintPast(
          sprint,
          histories.map((history, index) => editedFrom(history, after, edits[index]!)),
          { manualLinks: [...manualLinks, manualLink({ issueId: '1', linkedAt: after })] },
        )
        expect(reviewSprint(later, new Map(), NOW)).toEqual(reviewSprint(then, new Map(), NOW))
        expect(trendPoint(later, NOW)).toEqual(trendPoint(then, NOW))
      },
    ),
    { numRuns: 300 },
  )
})

it('does not depend on the order in which a sprint’s past is told', () => {
  fc.assert(
    fc.property(anyClosed, anyHistories, anyManualLinks, (sprint, histories, manualLinks) => {
      const past = sprintPast(sprint, histories, { manualLinks })
      expect(reviewSprint(shuffled(past), new Map(), NOW)).toEqual(reviewSprint(past, new Map(), NOW))
      expect(trendPoint(shuffled(past), NOW)).toEqual(trendPoint(past, NOW))
      const told = (each: SprintPast) => standup(each, goals, sprint.startAt!, sprint.completeAt!)
      expect(told(shuffled(past))).toEqual(told(past))
      const work = (each: SprintPast) => sprintWork(each).inSprintAt(sprint.startAt!)
      expect(work(shuffled(past))).toEqual(work(past))
    }),
  )
})

it('tells an issue once as delivered, reopened or started, and none of an empty stretch of time', () => {
  let told = 0
  fc.assert(
    fc.property(anyHistories, anyInstant, fc.nat({ max: 20 }), (histories, since, days) => {
      const past = sprintPast(aSprint(), histories)
      const at = since + day(days) - day(0)
      const { delivered, reopened, started } = standup(past, goals, since, at)
      const ids = [...delivered, ...reopened, ...started].map(({ issueId }) => issueId)
      expect(new Set(ids).size).toBe(ids.length)
      for (const issue of [...delivered, ...reopened, ...started]) {
        expect(issue.at).toBeGreaterThan(since)
        expect(issue.at).toBeLessThanOrEqual(at)
      }
      told += ids.length
      const now = standup(past, goals, at, at)
      expect([now.delivered, now.reopened, now.started]).toEqual([[], [], []])
    }),
    { numRuns: 300 },
  )
  expect(told).toBeGreaterThan(0)
})
