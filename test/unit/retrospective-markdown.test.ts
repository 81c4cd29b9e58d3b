import { describe, expect, it } from 'vitest'
import type { CycleKey } from '../../src/domain/ids.ts'
import { buildRetrospective, type KeyResultPast } from '../../src/domain/retrospective/build-retrospective.ts'
import { retrospectiveMarkdown } from '../../src/domain/retrospective/retrospective-markdown.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { aCyclePast, aGoal, aKeyResultPast, END } from '../support/cycle-pasts.ts'

const standing = { kind: 'health', level: 'off_track', raisedAt: END - 3 * DAY_MS, resolvedAt: null } as const
const rich: Partial<KeyResultPast> = {
  scope: { atStart: 0, atEnd: 12, added: 12, removed: 0, reEstimated: 0, reopened: 0 },
  forecasts: [
    { timeShare: 0.25, day: '2026-10-03', probability: 0.4 },
    { timeShare: 0.5, day: '2026-10-05', probability: 0.1 },
  ],
  warnings: [{ ...standing, levels: [{ level: 'off_track', since: END - 3 * DAY_MS }] }],
}
const pastOf = (values: readonly (number | null)[], given = rich) =>
  aCyclePast([aKeyResultPast(values, given)])
const early = { isEarly: true, asOf: END - DAY_MS }

describe('the retrospective as people read it', () => {
  it('tells of a cycle that is over in the past', () => {
    const text = retrospectiveMarkdown(buildRetrospective(pastOf([45, 50]), END + 1))
    for (const sentence of [
      '1 objective with 1 key result; grade 0.50.',
      '1 warning was raised; it still stood at the end.',
      'Grade **0.50**. It ended at 50 %: 50 % of the way from 45 to 55 %.',
      'Linked work: nothing when it was planned, 12 issues at the end (12 issues added).',
      'Forecast of reaching it in time: 40 % after a quarter of the time and 10 % at half-time. It was not reached in time.',
      'Off track from 7 Oct to the end (3 days).',
    ])
      expect(text).toContain(sentence)
  })

  it('tells of a cycle that runs in the present, and of what comes to be as not yet', () => {
    const text = retrospectiveMarkdown(buildRetrospective({ ...pastOf([45, 50]), ...early }, null))
    for (const sentence of [
      '1 warning was raised; it still stands.',
      'No forecast can yet be held against what came of it.',
      'It stands at 50 %: 50 % of the way',
      '12 issues now (12 issues added).',
      'Off track since 7 Oct (2 days).',
    ])
      expect(text).toContain(sentence)
    expect(text).not.toMatch(/at the end|to the end|ended at/u)
  })

  it('tells of one that was closed early up to its close', () => {
    const text = retrospectiveMarkdown(buildRetrospective({ ...pastOf([45, 50]), ...early }, END - DAY_MS))
    expect(text).toContain('it still stood at the close.')
    expect(text).toContain('Off track from 7 Oct to the close (2 days).')
    expect(text).not.toMatch(/at the end|to the end/u)
  })

  it('draws nothing where nothing was measured, and says that work stayed as it was planned', () => {
    const scope = { atStart: 12, atEnd: 12, added: 0, removed: 0, reEstimated: 0, reopened: 0 }
    const text = retrospectiveMarkdown(buildRetrospective(pastOf([null], { scope }), END + 1))
    expect(text).toContain('There was nothing to measure: it counts as 0.')
    expect(text).toContain('Linked work: 12 issues, unchanged since it was planned.')
    expect(text).not.toContain('··')
    expect(text).toContain('No linked work was delivered.')
  })

  it('says of an only key result that was reached early that it was the only one', () => {
    const keyResult = aGoal({ rolledFrom: '2026-09' as CycleKey })
    const text = retrospectiveMarkdown(buildRetrospective(pastOf([57], { keyResult }), END + 1))
    expect(text).toContain('Its only key result (KR-1) was reached early: aim higher next time.')
    expect(text).toContain('It was carried over from 2026-09.')
  })

  it('of an empty cycle, and of an objective without key results, says so and no more', () => {
    const empty = retrospectiveMarkdown(buildRetrospective(aCyclePast([], { objectives: [] }), END + 1))
    expect(empty).toMatch(/## In short\n\nThis cycle has no objectives\.\n$/u)
    const bare = retrospectiveMarkdown(buildRetrospective(aCyclePast([]), END + 1))
    expect(bare).toContain('1 objective with no key results; there is nothing to grade.')
    expect(bare).toContain('Not graded: it has no key results.')
  })
})
