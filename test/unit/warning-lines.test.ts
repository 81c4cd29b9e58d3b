import { expect, it } from 'vitest'
import type { PastWarning } from '../../src/domain/retrospective/retrospective.ts'
import { warningLines } from '../../src/domain/retrospective/warning-lines.ts'

const at = (day: number) => Date.UTC(2026, 9, day, 12)
const spell = (level: 'at_risk' | 'off_track', from: number, to: number | null): PastWarning => ({
  kind: 'health',
  level,
  raisedAt: at(from),
  resolvedAt: to === null ? null : at(to),
  days: (to ?? 31) - from,
})
const told = (...spells: PastWarning[]) =>
  warningLines(spells, { at: (instant) => `${new Date(instant).getUTCDate()} Oct` })

it('a spell that ended at risk may have been worse, and says so', () => {
  expect(told(spell('at_risk', 3, 9))).toEqual(['At risk or worse from 3 Oct to 9 Oct (6 days).'])
})

it('several spells are one line, named by the worst of them', () => {
  expect(told(spell('at_risk', 3, 4), spell('off_track', 10, null))).toEqual([
    'Off track 2 times, 22 days in all: from 3 Oct to 4 Oct and from 10 Oct to the end.',
  ])
})

it('of many spells the last are told, and all are counted', () => {
  const [line] = told(...[1, 3, 5, 7, 9, 11].map((day) => spell('off_track', day, day + 1)))
  expect(line).toMatch(
    /^Off track 6 times, 6 days in all: the last 4 from 5 Oct to 6 Oct, .* and from 11 Oct to 12 Oct\.$/,
  )
})
