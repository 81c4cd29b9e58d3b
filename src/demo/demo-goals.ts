/** The goals of the demo as an API client would send them. */
export const DEMO_CYCLE = {
  key: '2026-Q4',
  title: 'Fourth quarter of 2026',
  startDay: '2026-10-01',
  endDay: '2026-12-31',
  timeZone: 'Europe/Berlin',
}

export const DEMO_OBJECTIVES = [
  {
    title: 'Buying is effortless',
    level: 'team',
    ambition: 'committed',
    keyResults: [
      {
        key: 'KR-1',
        title: 'The new checkout is in the hands of every customer',
        measure: { kind: 'delivery', size: 'points', target: { kind: 'scope' } },
      },
      {
        key: 'KR-2',
        title: 'Ten of the searches that find nothing find something',
        measure: { kind: 'delivery', size: 'count', target: { kind: 'fixed', amount: 10 } },
      },
      {
        key: 'KR-3',
        title: 'Median time to pay: 15 → 10 minutes',
        measure: { kind: 'metric', unit: 'min', baseline: 15, target: 10 },
      },
    ],
  },
] as const
