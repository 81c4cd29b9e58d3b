import { describe, expect, it } from 'vitest'
import { statusFacts } from '../../src/domain/writeback/status-facts.ts'
import { someInput, someNumbers } from '../support/status-facts.ts'

const { assessment } = someNumbers

describe('statusFacts', () => {
  it('is what a reader of the comment sees, and nothing else', () => {
    expect(statusFacts(someInput)).toEqual({
      key: 'KR-12',
      title: 'Checkout takes 10 s',
      objectiveTitle: 'Faster shopping',
      dueDay: '2026-12-31',
      measure: { kind: 'delivery', size: 'points', target: { kind: 'scope' } },
      health: 'at_risk',
      rule: 'pace',
      overruled: null,
      expectedPercent: 40,
      pacePercent: 75,
      enteredOver: null,
      gapPoints: 10,
      forecast: null,
      progressPercent: 30,
      current: 6,
      target: 20,
      counted: null,
      delivered: { issues: 2, size: 6 },
      scope: { issues: 9, size: 20 },
      unestimated: { issues: 2, countedAs: 3 },
      changes: { delivered: 2, added: 1 },
      warnings: [],
      lastSprint: null,
      latestCheckIn: { value: null, confidence: 6 },
      url: 'https://okr.example.com/key-results/KR-12',
    })
  })

  it.each([
    [0, 0],
    [0.004, 0],
    [0.29, 29],
    [2 / 3, 67],
    [0.996, 99],
    [1, 100],
  ])('shows progress %d as %d percent: all of it only when it is reached', (progress, percent) => {
    expect(statusFacts({ ...someInput, numbers: { ...someNumbers, progress } }).progressPercent).toBe(percent)
  })

  it.each([
    [0.8999, 89],
    [0.29, 29],
    [-0.2, -20],
    [-0, 0],
  ])(
    'rounds the pace ratio %d down to %d percent, so that it never reads as on a band it misses',
    (paceRatio, percent) => {
      const numbers = { ...someNumbers, assessment: { ...assessment, paceRatio } }
      expect(statusFacts({ ...someInput, numbers }).pacePercent).toBe(percent)
    },
  )

  it('names the warnings that stand, but not health, which says itself', () => {
    const uncovered = { kind: 'uncovered', level: 'at_risk' } as const
    const health = { kind: 'health', level: 'at_risk' } as const
    expect(statusFacts({ ...someInput, warnings: [health, uncovered] }).warnings).toEqual([uncovered])
  })

  it('shows nothing where there is nothing', () => {
    const numbers = {
      ...someNumbers,
      progress: null,
      latestCheckIn: null,
      assessment: { ...assessment, paceRatio: null },
    }
    const facts = statusFacts({ ...someInput, numbers })
    expect([facts.progressPercent, facts.latestCheckIn, facts.pacePercent]).toEqual([null, null, null])
  })

  it('holds titles and units as short plain lines', () => {
    const measure = { kind: 'metric', unit: `\u202e${'h'.repeat(100)}`, baseline: 15, target: 10 } as const
    const facts = statusFacts({
      ...someInput,
      keyResult: { ...someInput.keyResult, title: ` a\n${'b'.repeat(200)}`, measure },
      objective: { title: '\u0000o' },
    })
    expect(facts.title).toBe(`a ${'b'.repeat(157)}…`)
    expect(facts.objectiveTitle).toBe('o')
    expect(facts.measure).toEqual({ ...measure, unit: `${'h'.repeat(23)}…` })
  })

  it('links to the page whether or not the address ends in a slash', () => {
    const { url } = statusFacts({ ...someInput, publicUrl: 'https://okr.example.com/base//' })
    expect(url).toBe('https://okr.example.com/base/key-results/KR-12')
  })
})
