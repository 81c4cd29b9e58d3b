import type { StoryDay } from './calendar.ts'

/** What people and other systems say to the REST API, on its day. */
export interface Saying {
  readonly day: StoryDay
  readonly method: 'POST' | 'PUT' | 'PATCH'
  readonly path: string
  readonly body: object
}

/** ISO week, value (null: only confidence), confidence from 0 to 10 (null: pushed by a system). */
type Words = readonly [week: number, value: number | null, confidence: number | null, note?: string]

const FRIDAY = 4

/** The Friday of week 52 is a holiday: people are asked on Monday; the year's last word is on its last day. */
function fridayOf(week: number): StoryDay {
  if (week === 52) return { week: 53, weekday: 0 }
  return { week, weekday: week === 53 ? 3 : FRIDAY }
}

function checkIns(key: string, author: string, words: readonly Words[]): Saying[] {
  return words.map(([week, value, confidence, note = '']) => ({
    day: fridayOf(week),
    method: 'POST',
    path: `/api/v1/key-results/${key}/check-ins`,
    body: { value, confidence, note, author },
  }))
}

function pushes(
  path: string,
  author: string,
  weekday: number,
  values: readonly (readonly [number, number])[],
): Saying[] {
  return values.map(([week, value]) => ({
    day: { week, weekday },
    method: 'POST',
    path,
    body: { value, author },
  }))
}

/** The company's goals: a survey once a month, availability once a week. */
const SHOP: readonly Saying[] = [
  ...pushes('/api/v1/key-results/KR-1/values', 'survey', 3, [
    [44, 46],
    [48, 61],
    [51, 51],
    [53, 53],
  ]),
  ...checkIns('KR-1', 'Ada Obi', [
    [42, null, 6],
    [44, null, 6],
    [46, null, 5],
    [48, null, 5],
    [50, null, 6],
    [52, null, 6],
  ]),
  {
    day: { week: 48, weekday: 4 },
    method: 'PUT',
    path: '/api/v1/key-results/KR-1/value-override',
    body: {
      value: 48,
      reason: 'The survey counted its own test runs.',
      by: 'Ada Obi',
      untilDay: '2026-12-16',
    },
  },
  ...pushes('/api/v1/key-results/KR-2/values', 'monitoring', FRIDAY, [
    [40, 99.98],
    [41, 99.97],
    [42, 99.99],
    [43, 99.95],
    [44, 99.98],
    [45, 99.94],
    [46, 99.96],
    [47, 99.91],
    [48, 99.62],
    [49, 99.95],
    [50, 99.97],
    [51, 99.98],
  ]),
  ...checkIns('KR-2', 'Ada Obi', [
    [42, null, 8],
    [44, null, 8],
    [46, null, 7],
    [48, null, 4, 'Away for 40 minutes on Black Friday'],
    [50, null, 6],
    [52, null, 7],
  ]),
  ...checkIns('KR-4', 'Jonas Weber', [
    [42, null, 7],
    [44, null, 6, 'Their lawyers read on'],
    [46, null, 4],
    [48, null, 6],
  ]),
  {
    day: { week: 49, weekday: 2 },
    method: 'POST',
    path: '/api/v1/key-results/KR-4/check-ins',
    body: { value: 1, confidence: 10, note: 'Signed', author: 'Jonas Weber' },
  },
  ...checkIns('KR-10', 'Jonas Weber', [
    [42, 3.9, 6],
    [44, 4, 6],
    [46, 4, 5],
    [48, 4, 5],
    [50, 4.1, 4],
    [52, 4.2, 3],
  ]),
  ...pushes('/api/v1/kpis/KPI-1/values', 'warehouse', 0, [
    [41, 11.1],
    [42, 10.9],
    [43, 11.3],
    [44, 11.2],
    [45, 11.6],
    [46, 11.8],
    [47, 11.7],
    [48, 12.6],
    [49, 13.1],
    [50, 11.9],
    [51, 11.2],
    [52, 10.9],
    [53, 11.4],
  ]),
]

const CHECKOUT: readonly Saying[] = [
  ...checkIns('KR-3', 'Mia Krystof', [
    [41, 15, 7, 'As before: the first pages are not live yet'],
    [42, 14.9, 7],
    [43, 15.1, 6],
    [44, 14.9, 6],
    [45, 14.8, 5],
    [46, 14.7, 4, 'Eight pages are faster, and nobody pays faster'],
    [47, 14.7, 4, 'The pages are not it'],
    [48, 14.6, 5, 'It is the address check: four minutes'],
    [49, 13.2, 6, 'Address check on the new service'],
    [50, 11.9, 7],
    [51, 10.9, 8],
    [52, 10.2, 8],
    [53, 9.9, 9],
  ]),
  ...checkIns('KR-5', 'Mia Krystof', [
    [41, null, 8],
    [42, null, 8],
    [43, null, 8],
    [44, null, 8],
    [45, null, 4, 'Nine stories nobody had planned'],
    [46, null, 4],
    [47, null, 6, 'Three of them are off the table'],
    [48, null, 6],
    [49, null, 7],
    [50, null, 8],
    [51, null, 9],
  ]),
  ...checkIns('KR-6', 'Mia Krystof', [
    [41, null, 7],
    [42, null, 7],
    [43, null, 7],
    [44, null, 7],
    [45, null, 8],
    [46, null, 7],
    [47, null, 7],
    [48, null, 7],
    [49, null, 6],
    [50, null, 6],
    [51, null, 4],
    [52, null, 2, 'France and Spain: in January'],
  ]),
  {
    day: { week: 42, weekday: 3 },
    method: 'PUT',
    path: '/api/v1/key-results/KR-6/milestones/1',
    body: { done: true, note: 'By hand-shake', author: 'Mia Krystof' },
  },
  {
    day: { week: 47, weekday: 3 },
    method: 'PUT',
    path: '/api/v1/key-results/KR-6/milestones/3',
    body: { done: true, author: 'Mia Krystof' },
  },
]

const SEARCH: readonly Saying[] = [
  ...pushes('/api/v1/key-results/KR-9/values', 'search analytics', 2, [
    [41, 18],
    [42, 18.1],
    [43, 18],
    [44, 17.8],
    [45, 17.6],
    [46, 17.2],
    [47, 16],
    [48, 14.9],
    [49, 13.8],
    [50, 12.9],
    [51, 12.1],
    [52, 11.6],
    [53, 11.4],
  ]),
  // They forget themselves in weeks 43 and 48.
  ...['KR-7', 'KR-8', 'KR-9'].flatMap((key) =>
    checkIns(key, '林薇', [
      [41, null, 6],
      [42, null, 5, 'We still move the index'],
      [44, null, 5],
      [45, null, 4],
      [46, null, 5],
      [47, null, 6],
      [49, null, 6],
      [50, null, 7],
      [51, null, 7],
      [52, null, 7],
    ]),
  ),
  {
    day: { week: 46, weekday: 3 },
    method: 'PATCH',
    path: '/api/v1/key-results/KR-9',
    body: {
      measure: { kind: 'metric', unit: '%', baseline: 18, target: 11 },
      by: '林薇',
      reason: 'The index of the second warehouse comes a quarter later.',
    },
  },
]

export const SAYINGS: readonly Saying[] = [...SHOP, ...CHECKOUT, ...SEARCH]
