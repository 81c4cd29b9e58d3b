import { describe, expect, it } from 'vitest'
import { parseCycleKey, parseKeyResultKey, parseObjectiveKey } from '../../src/domain/ids.ts'

describe('a key result key', () => {
  it.each([
    ['KR-1', 'KR-1'],
    ['KR-12', 'KR-12'],
    [' kr-12 ', 'KR-12'],
    ['Kr-999999999', 'KR-999999999'],
  ])('is read from %j as %s', (text, key) => {
    expect(parseKeyResultKey(text)).toBe(key)
  })

  it.each([
    '',
    'KR',
    'KR-',
    'KR-0',
    'KR-012',
    'KR-1.5',
    'KR--1',
    'KR-1234567890',
    'XKR-1',
    'KR-1 KR-2',
    'KR-１',
  ])('is not %j', (text) => {
    expect(parseKeyResultKey(text)).toBeNull()
  })
})

it('reads an objective key in any case and takes no other key for one', () => {
  expect(['O-1', ' o-30 ', 'KR-3', 'O-0', 'O'].map(parseObjectiveKey)).toEqual([
    'O-1',
    'O-30',
    null,
    null,
    null,
  ])
})

describe('a cycle key', () => {
  it.each(['A', '2026-Q4', '2026', 'FY26_H2', 'a.b', 'x'.repeat(40)])(
    'may be %s, as it is written',
    (text) => {
      expect(parseCycleKey(text)).toBe(text)
    },
  )

  it.each(['', ' 2026', '-2026', '.hidden', '../x', 'a/b', 'a b', '第四季', 'x'.repeat(41), 'a\n'])(
    'is not %j, which could not stand in an address as it is',
    (text) => {
      expect(parseCycleKey(text)).toBeNull()
    },
  )
})
