import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HOUR_MS, type EpochMs } from '../../src/domain/time.ts'
import { planStatusComment } from '../../src/domain/writeback/comment-plan.ts'
import type { StatusFacts } from '../../src/domain/writeback/status-facts.ts'
import { anyFacts, factsWith } from '../support/status-facts.ts'

interface Comment {
  readonly written: { readonly facts: StatusFacts; readonly at: EpochMs } | null
  readonly muted: boolean
}

const anyInstant = fc.integer({ min: 0, max: 1e13 })
const anyComment: fc.Arbitrary<Comment> = fc.record({
  written: fc.option(fc.record({ facts: anyFacts, at: anyInstant })),
  muted: fc.boolean(),
})

/** Carries a plan out as a relay does: what was written is stored as JSON and read back. */
function applyPlan(comment: Comment, facts: StatusFacts, now: EpochMs): Comment {
  const plan = planStatusComment({ ...comment, facts, now })
  if (plan.kind !== 'create' && plan.kind !== 'edit') return comment
  return { written: { facts: JSON.parse(JSON.stringify(facts)) as StatusFacts, at: now }, muted: false }
}

it('has nothing to do for what is already written, at any instant', () => {
  fc.assert(
    fc.property(anyFacts, anyInstant, anyInstant, fc.boolean(), (facts, at, now, muted) => {
      expect(planStatusComment({ written: { facts, at }, facts, now, muted }).kind).toBe('none')
    }),
  )
})

it('has nothing to do once its plan was carried out', () => {
  fc.assert(
    fc.property(anyComment, anyFacts, anyInstant, anyInstant, (comment, facts, now, later) => {
      const plan = planStatusComment({ ...comment, facts, now })
      fc.pre(plan.kind === 'create' || plan.kind === 'edit')
      const next = applyPlan(comment, facts, now)
      expect(planStatusComment({ ...next, facts, now: later }).kind).toBe('none')
    }),
  )
})

it('writes when the instant it waited for has come', () => {
  fc.assert(
    fc.property(anyComment, anyFacts, anyInstant, (comment, facts, now) => {
      const plan = planStatusComment({ ...comment, facts, now })
      if (plan.kind !== 'wait') return
      expect(plan.until).toBeGreaterThan(now)
      expect(['create', 'edit']).toContain(planStatusComment({ ...comment, facts, now: plan.until }).kind)
    }),
  )
})

const anyStory = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 2 * HOUR_MS }),
    health: fc.constantFrom('no_data', 'on_track', 'at_risk'),
    progressPercent: fc.integer({ min: 0, max: 100 }),
    isDeletedByPeople: fc.boolean(),
  }),
  { maxLength: 60 },
)

it('never writes twice within an hour, whatever happens', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      let comment: Comment = { written: null, muted: false }
      let now = 0
      const writes: EpochMs[] = []
      for (const { afterMs, isDeletedByPeople, ...change } of story) {
        now += afterMs
        if (isDeletedByPeople && comment.written !== null) comment = { ...comment, muted: true }
        const next = applyPlan(comment, factsWith(change), now)
        if (next !== comment) writes.push(now)
        comment = next
      }
      for (const [index, at] of writes.entries())
        if (index > 0) expect(at - writes[index - 1]!).toBeGreaterThanOrEqual(HOUR_MS)
    }),
  )
})

it('never writes for progress that stays within five points of what it last said', () => {
  const anyJitter = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 30 })
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 96 }), anyJitter, (base, jitters) => {
      const written = { facts: factsWith({ progressPercent: base }), at: 0 }
      for (const [index, jitter] of jitters.entries()) {
        const facts = factsWith({ progressPercent: base + jitter, changes: { delivered: index } })
        const plan = planStatusComment({ written, facts, now: (index + 2) * HOUR_MS, muted: false })
        expect(plan).toEqual({ kind: 'none', reason: 'unchanged' })
      }
    }),
  )
})

it('tells a slow drift in the end: what it says is never five points or more off for longer than an hour', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 60 }), (steps) => {
      let comment: Comment = { written: { facts: factsWith({ progressPercent: 0 }), at: 0 }, muted: false }
      let progressPercent = 0
      for (const [index, step] of steps.entries()) {
        progressPercent = Math.min(100, progressPercent + step)
        comment = applyPlan(comment, factsWith({ progressPercent }), (index + 1) * HOUR_MS)
        expect(progressPercent - comment.written!.facts.progressPercent!).toBeLessThan(5)
      }
    }),
  )
})

it('keeps facts equal through JSON, so that the stored ones compare', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      expect(JSON.stringify(JSON.parse(JSON.stringify(facts)))).toBe(JSON.stringify(facts))
      const stored = JSON.parse(JSON.stringify(facts)) as StatusFacts
      const plan = planStatusComment({ written: { facts: stored, at: 0 }, facts, now: HOUR_MS, muted: false })
      expect(plan).toEqual({ kind: 'none', reason: 'unchanged' })
    }),
  )
})
