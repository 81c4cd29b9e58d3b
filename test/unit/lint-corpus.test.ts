import { describe, expect, it } from 'vitest'
import { CORPUS, OBJECTIVE_CORPUS } from '../lint-corpus/index.ts'
import { objectiveOf, rulesOfObjective, rulesOn } from '../support/linted.ts'

const LEAST_RECALL = 0.9
const MOST_FALSE = 0.05

const parts = Object.entries(CORPUS).flatMap(([part, languages]) =>
  Object.entries(languages).map(([language, cases]) => ({ part, language, cases })),
)

describe('the corpus', () => {
  it('has 50 texts or more of each language, and 30 more that were held out', () => {
    for (const language of ['en', 'zh-CN', 'zh-TW'] as const) {
      const [tuned, heldOut] = [CORPUS.tuned[language].length, CORPUS['held out'][language].length]
      expect(tuned).toBeGreaterThanOrEqual(50)
      expect(heldOut).toBeGreaterThanOrEqual(30)
    }
  })

  it('has no text twice', () => {
    const keyResults = parts.flatMap(({ cases }) => cases)
    for (const cases of [keyResults, Object.values(OBJECTIVE_CORPUS).flat()])
      expect(new Set(cases.map(([text]) => text)).size).toBe(cases.length)
  })

  it.each(parts)('$part, $language: nine of ten weak texts are told by the right rule', ({ cases }) => {
    const weak = cases.filter(([, verdict]) => verdict !== 'good')
    const missed = weak.filter(([text, verdict]) => !rulesOn(text).includes(verdict))
    expect(weak.length).toBeGreaterThan(20)
    expect(1 - missed.length / weak.length, JSON.stringify(missed)).toBeGreaterThanOrEqual(LEAST_RECALL)
  })

  it.each(parts)('$part, $language: of good ones one in twenty at most is told anything', ({ cases }) => {
    const good = cases.filter(([, verdict]) => verdict === 'good').map(([text]) => text)
    const disturbed = good.filter((text) => rulesOn(text).length > 0)
    expect(good.length).toBeGreaterThan(10)
    expect(disturbed.length / good.length, JSON.stringify(disturbed)).toBeLessThanOrEqual(MOST_FALSE)
  })
})

describe('the objectives of the corpus', () => {
  const ofLanguage = Object.entries(OBJECTIVE_CORPUS).map(([language, cases]) => ({ language, cases }))
  const TOLD_OF_ANY = ['too-few-key-results']
  const rules = (title: string) =>
    rulesOfObjective(objectiveOf([], { title })).filter((rule) => !TOLD_OF_ANY.includes(rule))

  it.each(ofLanguage)('$language: nine of ten that say a direction alone are vague', ({ cases }) => {
    const weak = cases.filter(([, verdict]) => verdict !== 'good')
    const missed = weak.filter(([text, verdict]) => !rules(text).includes(verdict))
    expect(weak.length).toBeGreaterThan(20)
    expect(1 - missed.length / weak.length, JSON.stringify(missed)).toBeGreaterThanOrEqual(LEAST_RECALL)
  })

  it.each(ofLanguage)(
    '$language: of those one can see, one in twenty at most is told anything',
    ({ cases }) => {
      const good = cases.filter(([, verdict]) => verdict === 'good').map(([text]) => text)
      const disturbed = good.filter((text) => rules(text).length > 0)
      expect(good.length).toBeGreaterThan(20)
      expect(disturbed.length / good.length, JSON.stringify(disturbed)).toBeLessThanOrEqual(MOST_FALSE)
    },
  )
})
