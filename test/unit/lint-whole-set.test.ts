import { describe, expect, it } from 'vitest'
import { lint } from '../../src/domain/lint/lint.ts'
import type { LintedObjective } from '../../src/domain/lint/linted-set.ts'
import { keyResultTitled, objectiveOf } from '../support/linted.ts'

const BARE: Partial<LintedObjective> = { owner: null, dueDay: null, hasCycle: false }
const PAIRS = [
  ['NPS 45 → 55', 'Monthly churn stays below 3 %'],
  ['Win 20 customers in Poland', 'Weekly active teams from 300 to 500'],
  ['Rent arrears fall by 10 %', '90 % of parcels on time, 82 % today'],
]
const bareSet = (count: number) =>
  PAIRS.slice(0, count).map((titles) =>
    objectiveOf(
      titles.map((title) => keyResultTitled(title, { owner: null })),
      BARE,
    ),
  )

const told = (objectives: readonly LintedObjective[]) =>
  lint({ objectives }, { locale: 'en' }).map(({ rule, subject }) => `${subject.objective} ${rule}`)

describe('a set of three objectives or more', () => {
  it('is told once what all of them lack, and asked once', () => {
    expect(told(bareSet(3))).toEqual(['null no-owner', 'null no-due-date', 'null reverse-check'])
  })

  it('is told once that nobody gave it key results', () => {
    const titles = ['Customers recommend us', 'Be the calmest ward', '让新人快速找到归属感']
    const objectives = titles.map((title) => objectiveOf([], { title }))
    const [finding, ...others] = lint({ objectives }, { locale: 'zh-TW' })
    expect(others).toEqual([])
    expect(finding).toEqual({
      rule: 'too-few-key-results',
      severity: 'hint',
      subject: { objective: null, objectiveKey: null, keyResult: null, keyResultKey: null },
      message: '3 個目標的關鍵結果都不足兩條：無法判斷目標是否達成，或者只憑一個數字判斷。',
      suggestion: '再加一條關鍵結果，守住這一條可能犧牲的東西，例如品質或滿意度',
    })
  })

  it('is told of the one that lacks what others have', () => {
    const [first, ...others] = bareSet(3)
    const owned = others.map((objective) => ({ ...objective, owner: 'Ada' }))
    expect(told([first!, ...owned])).toEqual(['null no-due-date', 'null reverse-check', '0 no-owner'])
  })
})

it('two objectives are told of each', () => {
  expect(told(bareSet(2))).toEqual(
    [0, 1].flatMap((place) => ['no-owner', 'no-due-date', 'reverse-check'].map((rule) => `${place} ${rule}`)),
  )
})
