import { expect, it } from 'vitest'
import { retryDelayMs } from '../../src/adapters/jira/retry-after.ts'
import type { Answer } from '../../src/adapters/jira/transport.ts'

const answer = (headers: Record<string, string>): Answer => ({
  status: 429,
  header: (name) => headers[name] ?? null,
  json: { kind: 'unreadable', reason: 'the body is empty' },
})
const DATE = 'Sat, 21 Nov 2026 10:00:00 GMT'

it('doubles from 2 s with each try when nobody says how long, spread by 0.7 to 1.3', () => {
  const delays = (random: number) => [1, 2, 3].map((attempt) => retryDelayMs(null, attempt, () => random))
  expect(delays(0)).toEqual([1_400, 2_800, 5_600])
  expect(delays(0.5)).toEqual([2_000, 4_000, 8_000])
  expect(delays(0.999_999)).toEqual([2_600, 5_200, 10_400])
})

it.each([
  ['seconds', { 'retry-after': '7' }, 7_000],
  ['no seconds at all', { 'retry-after': '0' }, 0],
  ['a date, by the clock of Jira', { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT', date: DATE }, 30_000],
  ['the reset of a limit', { 'x-ratelimit-reset': '2026-11-21T10:15:00Z', date: DATE }, 900_000],
  [
    'seconds before a reset',
    { 'retry-after': '5', 'x-ratelimit-reset': '2026-11-21T11:00Z', date: DATE },
    5_000,
  ],
])('waits as asked by %s, never shorter', (_, headers, expected) => {
  expect(retryDelayMs(answer(headers), 3, () => 0)).toBe(expected)
  expect(retryDelayMs(answer(headers), 3, () => 1)).toBe(expected * 1.3)
})

it.each([
  ['nonsense', { 'retry-after': 'soon', date: DATE }],
  ['a date without knowing what time it is in Jira', { 'retry-after': DATE }],
  ['a date that has passed', { 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT', date: DATE }],
])('falls back to its own delay for %s', (_, headers) => {
  expect(retryDelayMs(answer(headers), 1, () => 0.5)).toBe(2_000)
})
