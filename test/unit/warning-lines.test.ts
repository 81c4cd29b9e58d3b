import { describe, expect, it } from 'vitest'
import type { PastWarning } from '../../src/domain/retrospective/retrospective.ts'
import { warningLines } from '../../src/domain/retrospective/warning-lines.ts'
import type { WarningLevel } from '../../src/domain/warnings/signal.ts'

const at = (day: number, hour = 12) => Date.UTC(2026, 9, day, hour)
type Levels = readonly (readonly [WarningLevel, since: number])[]

/** @param to null: it still stood on 31 October */
const spell = (levels: Levels, to: number | null, kind: PastWarning['kind'] = 'health'): PastWarning => ({
  kind,
  level: levels.at(-1)![0],
  levels: levels.map(([level, since]) => ({ level, since })),
  raisedAt: levels[0]![1],
  resolvedAt: to,
  days: ((to ?? at(31)) - levels[0]![1]) / 86_400_000,
})
const telling = {
  dayAt: (instant: number) => `${new Date(instant).getUTCDate()} Oct`,
  isRunning: false,
  lastly: 'at the end',
}
const told = (...spells: PastWarning[]) => warningLines(spells, telling)

describe('what a key result was warned of', () => {
  it('is told with every level it had and since when', () => {
    const worse: Levels = [
      ['at_risk', at(3)],
      ['off_track', at(9)],
    ]
    expect(told(spell(worse, at(20)))).toEqual([
      'At risk from 3 Oct, off track from 9 Oct to 20 Oct (17 days).',
    ])
    expect(told(spell([...worse, ['at_risk', at(12)]], null))).toEqual([
      'At risk from 3 Oct, off track from 9 Oct, at risk again from 12 Oct to the end (28 days).',
    ])
  })

  it('is off track on the day on which it was, and not at risk on a day on which it was worse', () => {
    const day: Levels = [
      ['at_risk', at(3, 8)],
      ['off_track', at(3, 9)],
      ['at_risk', at(3, 10)],
    ]
    expect(told(spell(day, at(9)))).toEqual(['Off track on 3 Oct, at risk from 3 Oct to 9 Oct (6 days).'])
    expect(told(spell(day.slice(0, 2), at(9)))).toEqual(['Off track from 3 Oct to 9 Oct (6 days).'])
  })

  it('is at risk or worse where only its last level is known', () => {
    const unknown = { ...spell([['at_risk', at(3)]], at(9)), levels: [] }
    expect(told(unknown)).toEqual(['At risk or worse from 3 Oct to 9 Oct (6 days).'])
  })

  it('is one line for several spells: each with its level, unless all had the same', () => {
    const off = (from: number, to: number | null) => spell([['off_track', at(from)]], to)
    expect(told(off(3, at(4)), off(10, null))).toEqual([
      'Off track twice, 22 days in all: from 3 Oct to 4 Oct and from 10 Oct to the end.',
    ])
    const worse: Levels = [
      ['at_risk', at(10)],
      ['off_track', at(12)],
    ]
    expect(told(spell([['at_risk', at(3)]], at(4)), spell(worse, null))).toEqual([
      'At risk or off track twice, 22 days in all: at risk from 3 Oct to 4 Oct; ' +
        'at risk from 10 Oct, off track from 12 Oct to the end.',
    ])
  })

  it('is counted whole and told of the last spells where there are many', () => {
    const days = [1, 3, 5, 7, 9, 11, 13]
    const [line] = told(...days.map((day) => spell([['off_track', at(day)]], at(day + 1))))
    expect(line).toMatch(
      /^Off track 7 times, 7 days in all, the last 6 of them from 3 Oct to 4 Oct, .* and from 13 Oct to 14 Oct\.$/,
    )
    const [whole] = told(...days.slice(1).map((day) => spell([['off_track', at(day)]], at(day + 1))))
    expect(whole).toMatch(/^Off track 6 times, 6 days in all: from 3 Oct/)
  })

  it('of the other kinds is only that it was there', () => {
    const both: Levels = [
      ['at_risk', at(3)],
      ['off_track', at(9)],
    ]
    expect(told(spell(both, at(20), 'scope_growth'))).toEqual([
      'The linked work grew a lot from 3 Oct to 20 Oct (17 days).',
    ])
  })

  it('stands since a day while the cycle runs, and stood to the close of one that was closed early', () => {
    const standing = [spell([['off_track', at(3)]], null)]
    expect(warningLines(standing, { ...telling, isRunning: true, lastly: 'now' })).toEqual([
      'Off track since 3 Oct (28 days).',
    ])
    expect(warningLines(standing, { ...telling, lastly: 'at the close' })).toEqual([
      'Off track from 3 Oct to the close (28 days).',
    ])
  })
})
