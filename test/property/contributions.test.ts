import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Contribution } from '../../src/domain/contributions/contribution.ts'
import { deliveryState } from '../../src/domain/contributions/delivered.ts'
import { evaluateContributions } from '../../src/domain/contributions/evaluate.ts'
import { effectiveLinks, type Lineage } from '../../src/domain/links/effective-links.ts'
import { sortChanges } from '../../src/domain/mirror/issue.ts'
import type { EpochMs } from '../../src/domain/time.ts'
import { allContributions, evaluationInput } from '../support/families.ts'
import { anyFamily, anyInstant, trueStateAt, type KnownFamily } from '../support/issue-histories.ts'
import { LINK_RULES, RULES } from '../support/issues.ts'

/** An issue and everything truly above it at an instant, told without any history. */
function trueLineage({ pasts, manualLinks = [] }: KnownFamily, issueId: string, at: EpochMs): Lineage[] {
  const lineage: Lineage[] = []
  let next: string | null = issueId
  while (next !== null && !lineage.some((issue) => issue.issueId === next)) {
    const id: string = next
    const past = pasts.find(({ history }) => history.issueId === id)
    const state = past === undefined ? null : trueStateAt(past, at)
    if (state === null) break
    lineage.push({ issueId: id, state, manualLinks: manualLinks.filter((link) => link.issueId === id) })
    next = state.parentId
  }
  return lineage
}

/** What counts at an instant, by key result, told from the true states alone. */
function trueStandings(family: KnownFamily, issueId: string, at: EpochMs) {
  const lineage = trueLineage(family, issueId, at)
  return effectiveLinks(lineage, LINK_RULES, at).map(({ keyResult, role, sharePercent }) => {
    const { points } = lineage[0]!.state
    const delivery = deliveryState(lineage[0]!.state, RULES.notDelivered)
    const state = delivery === 'not_delivered' ? 'out' : delivery
    const size = RULES.sizeUnits.get(keyResult) === 'count' ? 1 : points
    return { keyResult, role, sharePercent, state, size }
  })
}

/** What the contributions say for an instant; what is unlinked or deleted stands for nothing. */
function standingsAt(contributions: readonly Contribution[], at: EpochMs) {
  return contributions.flatMap(({ keyResult, steps }) => {
    const step = steps.findLast((one) => one.at <= at)
    if (step === undefined || step.outReason === 'unlinked' || step.outReason === 'deleted') return []
    const { role, sharePercent, state, size } = step
    return [{ keyResult, role, sharePercent, state, size }]
  })
}

const byKey = (a: { keyResult: string }, b: { keyResult: string }) => (a.keyResult < b.keyResult ? -1 : 1)

it('say for every instant what the states of that instant say', () => {
  fc.assert(
    fc.property(anyFamily, anyInstant, (family, at) => {
      for (const issue of family.issues) {
        const contributions = evaluateContributions(evaluationInput(family, issue), RULES)
        const standings = at < issue.createdAt ? [] : trueStandings(family, issue.issueId, at)
        expect(standingsAt(contributions, at).sort(byKey)).toEqual(standings)
      }
    }),
    { numRuns: 300 },
  )
})

it('do not depend on the order in which changes came, nor on how often', () => {
  const anyArrival = anyFamily.chain((family) =>
    fc.record({
      family: fc.constant(family),
      arrived: fc.tuple(
        ...family.issues.map(({ changes }) =>
          fc
            .tuple(
              fc.shuffledSubarray([...changes], { minLength: changes.length }),
              fc.subarray([...changes]),
            )
            .map(([all, again]) => [...all, ...again]),
        ),
      ),
    }),
  )
  fc.assert(
    fc.property(anyArrival, ({ family, arrived }) => {
      const issues = family.issues.map((issue, index) => ({
        ...issue,
        changes: sortChanges(arrived[index]!),
      }))
      expect(allContributions({ ...family, issues })).toEqual(allContributions(family))
    }),
  )
})

it('have steps in order of time, each of which says something new, and one contribution for a key result', () => {
  fc.assert(
    fc.property(anyFamily, (family) => {
      for (const { steps } of allContributions(family)) {
        expect(steps.length).toBeGreaterThan(0)
        for (const [index, step] of steps.slice(1).entries()) {
          const before = steps[index]!
          expect(step.at).toBeGreaterThan(before.at)
          expect({ ...step, at: 0 }).not.toEqual({ ...before, at: 0 })
        }
      }
      const names = allContributions(family).map(({ issueId, keyResult }) => `${issueId} ${keyResult}`)
      expect(new Set(names).size).toBe(names.length)
    }),
  )
})
