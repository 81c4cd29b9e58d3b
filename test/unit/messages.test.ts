import type IntlMessageFormat from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { CATALOGUES, createMessages, messageOf } from '../../src/adapters/system/messages.ts'
import {
  LOCALES,
  MESSAGES,
  type MessageId,
  type MessageValues,
  type Say,
} from '../../src/domain/writeback/messages.ts'

const messages = createMessages()
const ids = Object.keys(MESSAGES) as MessageId[]
const entries = LOCALES.flatMap((locale) => ids.map((id) => [locale, id] as const))

/** Kinds of ICU elements, as the parser numbers them. */
const ARGUMENT = 1
const NUMBER = 2
const PLURAL = 6
const POUND = 7

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

function argumentsOf(elements: readonly Element[]): [string, 'number' | 'text'][] {
  return elements.flatMap((element): [string, 'number' | 'text'][] => {
    const type: number = element.type
    if (type === 0 || type === POUND) return []
    const name = 'value' in element ? element.value : ''
    if (type === ARGUMENT) return [[name, 'text']]
    if (type === NUMBER) return [[name, 'number']]
    if (type !== PLURAL || !('options' in element))
      throw new Error(`unexpected ICU element ${type} at ${name}`)
    const inside = Object.values(element.options).flatMap((option) => argumentsOf(option.value))
    return [[name, 'number'], ...inside]
  })
}

function sampleValues(id: MessageId, number: number): Record<string, string | number> {
  const kinds = Object.entries(MESSAGES[id] as Record<string, string>)
  return Object.fromEntries(
    kinds.map(([name, kind]) => [name, kind === 'number' ? number : `{${name}} <b>'#'`]),
  )
}

describe('the catalogues', () => {
  it.each(LOCALES)('%s has every message, and no other', (locale) => {
    expect(Object.keys(CATALOGUES[locale])).toEqual(ids)
  })

  it.each(entries)('%s says %s with the values it is given, each as its kind', (locale, id) => {
    const found = argumentsOf(messageOf(CATALOGUES[locale][id], locale).getAst())
    expect(Object.fromEntries(found)).toEqual(MESSAGES[id])
    for (const [name, kind] of found) expect((MESSAGES[id] as Record<string, string>)[name]).toBe(kind)
  })

  it.each(entries)('%s formats %s for none, one, many and a fraction, with text as it is', (locale, id) => {
    for (const number of [0, 1, 2, 1.5]) {
      const values = sampleValues(id, number)
      const said = messages.say(locale, id, ...([values] as unknown as MessageValues<MessageId>))
      expect(said).not.toBe('')
      for (const value of Object.values(values)) if (typeof value === 'string') expect(said).toContain(value)
    }
  })

  it('leaves nothing untranslated', () => {
    const same = ids.filter((id) =>
      [CATALOGUES['zh-CN'][id], CATALOGUES['zh-TW'][id]].includes(CATALOGUES.en[id]),
    )
    expect(same).toEqual([])
  })

  it.each(['zh-CN', 'zh-TW'] as const)('%s uses full-width punctuation and no English words', (locale) => {
    for (const id of ids) {
      const words = CATALOGUES[locale][id].replace(/\{[^}]*\}/g, '').replace('Throughline', '')
      expect(words).not.toMatch(/[,:;()?!.A-Za-z]/)
    }
  })

  it('keeps simplified and traditional characters apart', () => {
    expect(Object.values(CATALOGUES['zh-CN']).join('')).not.toMatch(/[標達關聯連結務個項數應計開點風險]/)
    expect(Object.values(CATALOGUES['zh-TW']).join('')).not.toMatch(/[标达关联连结务个项数应计开点风险]/)
  })
})

describe('messageOf', () => {
  it.each(['{open', '{n, plural, one {x}}', '{n, number, }'])(
    'refuses %s, which is not valid ICU',
    (pattern) => {
      expect(() => messageOf(pattern, 'en')).toThrow()
    },
  )
})

describe('createMessages', () => {
  it('formats numbers, percents and plurals for the language', () => {
    const work = { delivered: 1, scope: 1, deliveredIssues: 1, scopeIssues: 1 }
    expect(messages.say('en', 'work.points', work)).toBe('Linked work: 1 of 1 point delivered (1 of 1 issue)')
    expect(messages.say('en', 'work.count', { delivered: 1234567.891, scope: 2e6 })).toContain(
      '1,234,567.89 of 2,000,000 issues',
    )
    expect(messages.say('en', 'progress.reached', { progressShare: 0.29 })).toBe('29% reached')
    expect(messages.say('zh-TW', 'progress.reached', { progressShare: 0.29 })).toBe('已達成 29%')
    expect(messages.say('en', 'unestimated', { issues: 1, countedAs: 1 })).toBe(
      '1 issue has no estimate and counts as 1 point',
    )
  })

  it('shows small values whole and hides the dust of floating point', () => {
    const metric = { baseline: 0.00412, target: 0.1 + 0.2, current: 1e6, unit: 's' }
    expect(messages.say('en', 'goal.metric', metric)).toBe('Outcome: from 0.00412 to 0.3, now 1,000,000 s')
  })

  it('speaks one language through sayIn', () => {
    const chinese: Say = messages.sayIn('zh-CN')
    expect(chinese('health.done')).toBe(CATALOGUES['zh-CN']['health.done'])
    expect(chinese('change.added', { count: 3 })).toBe('新增 3 个工作项')
  })
})
