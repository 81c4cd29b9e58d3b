import { expect, it } from 'vitest'
import { warningSince } from '../../src/domain/retrospective/past-warnings.ts'

const warning = {
  kind: 'health',
  level: 'at_risk',
  raisedAt: 10,
  resolvedAt: 40,
  levels: [
    { level: 'at_risk', since: 10 },
    { level: 'off_track', since: 20 },
    { level: 'at_risk', since: 30 },
  ],
} as const

it('a warning that stood when the goal came stands from then on, with the level it had then', () => {
  expect(warningSince(warning, 10)).toEqual(warning)
  expect(warningSince(warning, 25)).toEqual({
    ...warning,
    raisedAt: 25,
    levels: [
      { level: 'off_track', since: 25 },
      { level: 'at_risk', since: 30 },
    ],
  })
  expect(warningSince(warning, 30)?.levels).toEqual([{ level: 'at_risk', since: 30 }])
  expect(warningSince({ ...warning, resolvedAt: null }, 50)).toMatchObject({ raisedAt: 50, resolvedAt: null })
})

it('one that was over by then is none, and levels that are not known stay so', () => {
  expect(warningSince(warning, 40)).toBeNull()
  expect(warningSince({ ...warning, levels: [] }, 25)).toMatchObject({ raisedAt: 25, levels: [] })
})
