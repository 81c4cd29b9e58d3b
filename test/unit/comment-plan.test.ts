import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../src/domain/time.ts'
import { planStatusComment } from '../../src/domain/writeback/comment-plan.ts'
import type { StatusFacts } from '../../src/domain/writeback/status-facts.ts'
import { factsWith } from '../support/status-facts.ts'

const at = 1_000 * HOUR_MS
const later = at + HOUR_MS
const before = factsWith()

function planFor(change: Partial<StatusFacts>, { now = later, muted = false } = {}) {
  return planStatusComment({ written: { facts: before, at }, facts: factsWith(change), now, muted })
}

describe('a comment that was never written', () => {
  it('is not created while there is no data', () => {
    const facts = factsWith({ health: 'no_data' })
    const plan = planStatusComment({ written: null, facts, now: at, muted: false })
    expect(plan).toEqual({ kind: 'none', reason: 'nothing_to_show' })
  })

  it('is created as soon as there is something to show', () => {
    const plan = planStatusComment({ written: null, facts: before, now: at, muted: false })
    expect(plan).toEqual({ kind: 'create' })
  })
})

describe('a written comment', () => {
  it.each<[string, Partial<StatusFacts>]>([
    ['its health changed', { health: 'off_track' }],
    ['there is no data any more', { health: 'no_data', progressPercent: null }],
    ['progress rose by five points', { progressPercent: 35 }],
    ['progress fell by five points', { progressPercent: 25 }],
    ['the title changed', { title: 'Checkout takes 8 s' }],
    ['the objective was renamed', { objectiveTitle: 'Fast shopping' }],
    ['the due day moved', { dueDay: '2027-01-31' }],
    [
      'a fixed target replaced the scope',
      { measure: { kind: 'delivery', size: 'points', target: { kind: 'fixed', amount: 20 } } },
    ],
    [
      'work is counted in another size',
      { measure: { kind: 'delivery', size: 'count', target: { kind: 'scope' } } },
    ],
    ['a warning was raised', { warnings: [{ kind: 'uncovered', level: 'at_risk' }] }],
    ['it is measured by a metric now', { measure: { kind: 'metric', unit: 'h', baseline: 15, target: 10 } }],
  ])('is edited when %s', (_change, facts) => {
    expect(planFor(facts)).toEqual({ kind: 'edit' })
  })

  it.each<[string, Partial<StatusFacts>]>([
    ['nothing changed', {}],
    ['progress moved by four points', { progressPercent: 34 }],
    ['expectation and pace drift with time', { expectedPercent: 60, pacePercent: 50, rule: 'grace' }],
    ['work was added to scope', { scope: { issues: 30, size: 21 }, target: 21, changes: { added: 21 } }],
    ['somebody is more confident', { latestCheckIn: { value: null, confidence: 7 } }],
  ])('is left alone when %s', (_change, facts) => {
    expect(planFor(facts)).toEqual({ kind: 'none', reason: 'unchanged' })
  })

  it.each<[string, Partial<StatusFacts['measure']>]>([
    ['target', { target: 8 }],
    ['baseline', { baseline: 16 }],
    ['unit', { unit: 'd' }],
  ])('is edited when the %s of its metric moved', (_name, change) => {
    const metric = { kind: 'metric', unit: 'h', baseline: 15, target: 10 } as const
    const written = { facts: factsWith({ measure: metric }), at }
    const facts = factsWith({ measure: { ...metric, ...change } as StatusFacts['measure'] })
    expect(planStatusComment({ written, facts, now: later, muted: false })).toEqual({ kind: 'edit' })
  })

  it('is left alone when stored JSON comes back with its keys in another order', () => {
    const facts = factsWith({ measure: { target: { kind: 'scope' }, size: 'points', kind: 'delivery' } })
    const written = { facts, at }
    const plan = planStatusComment({ written, facts: before, now: later, muted: false })
    expect(plan).toEqual({ kind: 'none', reason: 'unchanged' })
  })

  it('waits until an hour after the last write', () => {
    const plan = planFor({ health: 'off_track' }, { now: later - 1 })
    expect(plan).toEqual({ kind: 'wait', until: later })
    expect(planFor({ health: 'off_track' }, { now: later })).toEqual({ kind: 'edit' })
  })
})

describe('a comment deleted by people', () => {
  it('stays away while the health is the same, whatever else changed', () => {
    const plan = planFor({ progressPercent: 90, title: 'Renamed' }, { muted: true })
    expect(plan).toEqual({ kind: 'none', reason: 'muted' })
  })

  it('comes back as a new comment when the health changes, not before the hour is over', () => {
    const change = { health: 'off_track' } as const
    expect(planFor(change, { muted: true, now: later - 1 })).toEqual({ kind: 'wait', until: later })
    expect(planFor(change, { muted: true })).toEqual({ kind: 'create' })
  })

  it('stays away when nothing is known of what it said', () => {
    const plan = planStatusComment({ written: null, facts: before, now: later, muted: true })
    expect(plan).toEqual({ kind: 'none', reason: 'muted' })
  })
})
