import { expect, it } from 'vitest'
import { compareChangeIds, sortChanges } from '../../src/domain/mirror/issue.ts'
import { day, issueChange } from '../support/issues.ts'

const label = { field: 'labels', from: [], to: [] } as const
const points = { field: 'points', from: null, to: 1 } as const

it('orders changes by time, then by changelog id as a number, then by field', () => {
  const inOrder = [
    issueChange(day(1), label, 1000),
    issueChange(day(2), points, 99),
    issueChange(day(2), label, 100),
    issueChange(day(2), points, 100),
    issueChange(day(3), label, 7),
  ]
  expect(sortChanges(inOrder.toReversed())).toEqual(inOrder)
})

it('leaves the list it was given alone', () => {
  const changes = [issueChange(day(2), label, 2), issueChange(day(1), label, 1)]
  sortChanges(changes)
  expect(changes.map(({ changeId }) => changeId)).toEqual(['2', '1'])
})

it('compares changelog ids beyond what a number can hold', () => {
  expect(compareChangeIds('9007199254740993', '9007199254740992')).toBeGreaterThan(0)
  expect(compareChangeIds('9007199254740992', '9007199254740993')).toBeLessThan(0)
  expect(compareChangeIds('99', '100')).toBeLessThan(0)
  expect(compareChangeIds('7', '7')).toBe(0)
})
