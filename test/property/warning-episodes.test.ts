import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Episode } from '../../src/domain/warnings/episode.ts'
import { planEpisodes, type EpisodePlan } from '../../src/domain/warnings/plan-episodes.ts'
import { isWorse, WARNING_KINDS, type Signal } from '../../src/domain/warnings/signal.ts'
import { anySignals, KR } from '../support/warnings.ts'

/** What is open once a plan was carried out. */
function carriedOut(open: readonly Episode[], plan: EpisodePlan, nextId: number): Episode[] {
  const steps = [...plan.escalate, ...plan.update, ...plan.resolve]
  const kept = open.map((episode) => steps.find(({ before }) => before.id === episode.id)?.after ?? episode)
  const raised = plan.raise.map((episode, index) => ({ ...episode, keyResult: KR, id: nextId + index }))
  return [...kept.filter(({ resolvedAt }) => resolvedAt === null), ...raised]
}

/** The open warnings after each of several looks. */
function play(looks: readonly (readonly Signal[])[]): Episode[] {
  let open: Episode[] = []
  looks.forEach((signals, index) => {
    open = carriedOut(open, planEpisodes(open, signals, index * 1_000), index * 100)
  })
  return open
}

const anyOpen = fc.array(anySignals, { maxLength: 4 }).map(play)

describe('the warnings of a key result', () => {
  it('have nothing left to do once a plan was carried out', () => {
    fc.assert(
      fc.property(anyOpen, anySignals, (open, signals) => {
        const after = carriedOut(open, planEpisodes(open, signals, 9_000), 900)
        expect(planEpisodes(after, signals, 10_000)).toEqual({
          raise: [],
          escalate: [],
          resolve: [],
          update: [],
        })
      }),
    )
  })

  it('are at most one of each kind at a time', () => {
    fc.assert(
      fc.property(anyOpen, (open) => {
        expect(new Set(open.map(({ kind }) => kind)).size).toBe(open.length)
      }),
    )
  })

  it('do not depend on the order of signals or warnings', () => {
    fc.assert(
      fc.property(anyOpen, anySignals, (open, signals) => {
        const plan = planEpisodes(open, signals, 9_000)
        expect(planEpisodes(open.toReversed(), signals.toReversed(), 9_000)).toEqual(plan)
      }),
    )
  })

  it('survive being stored as JSON in any order of keys', () => {
    fc.assert(
      fc.property(anyOpen, anySignals, (open, signals) => {
        const reversed = (value: unknown): unknown =>
          typeof value !== 'object' || value === null || Array.isArray(value)
            ? value
            : Object.fromEntries(
                Object.entries(value)
                  .toReversed()
                  .map(([key, own]) => [key, reversed(own)]),
              )
        const stored = JSON.parse(JSON.stringify(open.map(reversed))) as Episode[]
        const counts = (plan: EpisodePlan) =>
          Object.values(plan).map((steps: readonly unknown[]) => steps.length)
        expect(counts(planEpisodes(stored, signals, 9_000))).toEqual(
          counts(planEpisodes(open, signals, 9_000)),
        )
      }),
    )
  })

  it('escalate exactly when they become worse, and end exactly when nothing of their kind is signalled', () => {
    fc.assert(
      fc.property(anyOpen, anySignals, (open, signals) => {
        const plan = planEpisodes(open, signals, 9_000)
        for (const { before, after } of plan.escalate) expect(isWorse(after.level, before.level)).toBe(true)
        for (const { before, after } of plan.update) expect(isWorse(after.level, before.level)).toBe(false)
        const ended = plan.resolve.map(({ before }) => before.kind).toSorted()
        const unsignalled = open
          .map(({ kind }) => kind)
          .filter((kind) => !signals.some(({ facts }) => facts.detail.kind === kind))
        expect(ended).toEqual(unsignalled.toSorted())
        for (const { kind } of plan.raise) expect(WARNING_KINDS).toContain(kind)
      }),
    )
  })
})
