import { expect, it } from 'vitest'
import { movementBetween, type ContributionStanding } from '../../src/domain/explanation.ts'

const standing = (text: string): ContributionStanding | null => {
  if (text === '-') return null
  const [state, size] = text.split(' ')
  return {
    state: state as ContributionStanding['state'],
    size: size === undefined ? null : Number(size),
  }
}

it.each([
  ['-', 'to_do 3', 'added'],
  ['-', 'delivered 3', 'added'],
  ['out 3', 'in_progress 3', 'added'],
  ['to_do 3', '-', 'removed'],
  ['delivered 3', 'out 3', 'removed'],
  ['to_do 3', 'delivered 3', 'delivered'],
  ['in_progress 3', 'delivered 5', 'delivered'],
  ['delivered 3', 'in_progress 3', 'reopened'],
  ['delivered 3', 'to_do 5', 'reopened'],
  ['to_do 3', 'in_progress 3', 'started'],
  ['to_do 3', 'to_do 5', 're_estimated'],
  ['to_do', 'to_do 5', 're_estimated'],
  ['delivered 3', 'delivered', 're_estimated'],
  ['in_progress 3', 'to_do 3', null],
  ['to_do 3', 'to_do 3', null],
  ['-', '-', null],
  ['-', 'out 3', null],
  ['out 3', '-', null],
  ['out 3', 'out 5', null],
])('from %s to %s is told as %s', (before, after, movement) => {
  expect(movementBetween(standing(before), standing(after))).toBe(movement)
})
