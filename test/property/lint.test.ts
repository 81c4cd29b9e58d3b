import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lint } from '../../src/domain/lint/lint.ts'
import type { LintedKeyResult, LintedMeasure } from '../../src/domain/lint/linted-set.ts'
import { LOCALES } from '../../src/domain/writeback/messages.ts'
import { CORPUS } from '../lint-corpus/index.ts'
import { keyResultTitled, objectiveOf } from '../support/linted.ts'

const TITLES = Object.values(CORPUS).flatMap((part) =>
  Object.values(part).flatMap((cases) => cases.map(([text]) => text)),
)

const anyTitle = fc.oneof(
  fc.constantFrom(...TITLES),
  fc.string({ unit: 'binary', maxLength: 900 }),
  fc
    .array(
      fc.constantFrom(
        'from ',
        'to ',
        '5',
        '%',
        ' and ',
        '从',
        '到',
        '提升',
        '完成',
        '三成',
        ' by ',
        'Q3',
        '(',
        '→',
        '，',
        '個',
        '\ud800',
      ),
    )
    .map((parts) => parts.join('')),
)
const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true })
const anyMeasure: fc.Arbitrary<LintedMeasure | null> = fc.option(
  fc.oneof(
    fc.record(
      { kind: fc.constant('metric' as const), unit: fc.string(), baseline: anyNumber, target: anyNumber },
      { requiredKeys: ['kind'] },
    ),
    fc.constantFrom<LintedMeasure>(
      { kind: 'binary' },
      { kind: 'delivery' },
      { kind: 'range', band: { below: 5 } },
      { kind: 'range' },
    ),
  ),
)
const anyKeyResult: fc.Arbitrary<LintedKeyResult> = fc
  .record({
    title: anyTitle,
    description: fc.oneof(fc.constant(''), anyTitle),
    measure: anyMeasure,
    owner: fc.constantFrom(null, '', 'Ada'),
    dueDay: fc.constantFrom(null, '2026-11-30'),
  })
  .map(({ title, ...given }) => keyResultTitled(title, given))
const anyLocale = fc.constantFrom(...LOCALES)

it('any text can be linted in any language, and every finding says something', () => {
  fc.assert(
    fc.property(
      anyTitle,
      fc.array(anyKeyResult, { maxLength: 7 }),
      anyLocale,
      (title, keyResults, locale) => {
        for (const finding of lint({ objectives: [objectiveOf(keyResults, { title })] }, { locale })) {
          expect(finding.message.trim()).not.toBe('')
          expect(finding.suggestion.trim()).not.toBe('')
          expect(`${finding.message}${finding.suggestion}`).not.toMatch(/undefined|NaN|\[object/)
        }
      },
    ),
    { numRuns: 2_000 },
  )
})

it('the order of key results changes nothing but which of two alike is the duplicate', () => {
  const withOrder = fc
    .uniqueArray(anyKeyResult, { maxLength: 7, selector: ({ title }) => title })
    .chain((keyResults) =>
      fc.tuple(fc.constant(keyResults), fc.shuffledSubarray(keyResults, { minLength: keyResults.length })),
    )
  const told = (keyResults: readonly LintedKeyResult[]) =>
    lint({ objectives: [objectiveOf(keyResults)] }, { locale: 'en' })
      .filter(({ rule }) => rule !== 'duplicate')
      .map(({ subject, ...said }) =>
        JSON.stringify([subject.keyResult === null ? null : keyResults[subject.keyResult]!.title, said]),
      )
      .sort()
  fc.assert(
    fc.property(withOrder, ([given, shuffled]) => {
      expect(told(shuffled)).toEqual(told(given))
    }),
    { numRuns: 500 },
  )
})

it('messages differ by language, suggestions and rules do not but for Chinese that is of both scripts', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TITLES), (title) => {
      const [english, simplified, traditional] = LOCALES.map((locale) =>
        lint({ objectives: [objectiveOf([keyResultTitled(title)])] }, { locale }).map(({ rule }) => rule),
      )
      expect(simplified).toEqual(english)
      expect(traditional).toEqual(english)
    }),
  )
})

/** Pieces that keep a careless pattern busy when a text is made of them. */
const PIECES = [
  ...['a ', '1 ', 'from 1 ', '1,', '.', 'improve to ', '(1) and ', 'in the end of ', 'permit 1 ', '5 x '],
  ...['a-', 'get a ', 'approval a ', 'all a ', '100% of ', 'x%', '1-', '2026-', '(', '·', '\ud83d'],
  ...[
    'our staff ',
    'each a ',
    '10 sales calls ',
    'improve the culture of ',
    'make a ',
    'better a ',
    'hold 1 ',
  ],
  ...['以为', '开展', '办 1 场', '到 1 所', '的提升', '让更', '一流的', '12 training hours in '],
  ...[
    'be the a ',
    'turn a ',
    'no ',
    'none ',
    '让一更',
    '成为客户',
    '更的',
    '没有一',
    '全方位',
    'within 1 day ',
  ],
  ...['1% (', '1%, now ', '对 1 家', '，去年 1 分', 'improve how we '],
  ...['从1到', '一', '三', '第', '完成', '完成 1 家', '把', '对', '每', '次数每', '提升到 ', '培训'],
]

/** What linting a text costs at its best: whatever else the machine does only adds to it. */
function costOf(title: string): number {
  const set = { objectives: [objectiveOf([keyResultTitled(title, { description: title })], { title })] }
  const runs = [1, 2, 3, 4, 5].map(() => {
    const began = performance.now()
    lint(set, { locale: 'en' })
    return performance.now() - began
  })
  return Math.min(...runs)
}

it('twice the text costs no more than a few times as much, whatever it is made of', () => {
  const ofPieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(ofPieces, (pieces) => {
      const text = pieces.join('').repeat(600)
      const [half, whole, beyond] = [300, 600, 60_000].map((length) => costOf(text.slice(0, length)))
      // Quadratic growth is four times; the rest is what a busy machine adds to less than a millisecond.
      expect(whole!).toBeLessThan(5 * half! + 10)
      expect(beyond!).toBeLessThan(5 * whole! + 10)
    }),
    { numRuns: 60 },
  )
})
