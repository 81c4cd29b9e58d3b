import { describe, expect, it } from 'vitest'
import { dueCheckIns } from '../../src/domain/check-ins/due-check-ins.ts'
import { timeBoxOf } from '../../src/domain/goals.ts'
import { disciplineOf, type DisciplinePast } from '../../src/domain/retrospective/check-in-discipline.ts'
import { nextDay, startOfDay } from '../../src/domain/time.ts'
import { checkInSubject } from '../support/check-ins.ts'

const OCTOBER = { startDay: '2026-10-01', endDay: '2026-10-31' }
const END = startOfDay('2026-11-01', 'UTC') - 1
const calendar = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-10-16'] }
const fridays = { checkIns: { everyWeeks: 1 as const, weekday: 5 }, calendar }
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)

const { keyResult, cycle } = checkInSubject({}, OCTOBER)
const past = (given: Partial<DisciplinePast> = {}, words: readonly string[] = []): DisciplinePast => ({
  measure: keyResult.measure,
  timeBox: timeBoxOf(keyResult, cycle),
  enteredAt: null,
  said: { words: words.map(noon), pushes: [] },
  team: fridays,
  days: [],
  ...given,
})

describe('check-ins against the cadence of the team', () => {
  it('are due on the days of the reminders: a day off moves to the next working day', () => {
    // Fridays 2, 9, (16 is a holiday: Monday 19), 23 and 30.
    expect(disciplineOf(past(), END)).toEqual({ days: 0, due: 5, made: 0 })
    expect(disciplineOf(past({}, ['2026-10-16']), END)).toMatchObject({ made: 1 })
    expect(disciplineOf(past({}, ['2026-10-20']), END)).toMatchObject({ made: 1 })
  })

  it('are made by a word from their day on, before the next is asked for', () => {
    expect(disciplineOf(past({}, ['2026-10-01']), END)).toEqual({ days: 1, due: 5, made: 0 })
    expect(disciplineOf(past({}, ['2026-10-08', '2026-10-05', '2026-10-24']), END)).toEqual({
      days: 3,
      due: 5,
      made: 2,
    })
  })

  it('are those that a look every evening finds owed', () => {
    const words = ['2026-10-02', '2026-10-13', '2026-10-23'].map(noon)
    let asked = 0
    for (let day = OCTOBER.startDay; day <= OCTOBER.endDay; day = nextDay(day)) {
      const now = startOfDay(day, 'UTC')
      const said = words.filter((at) => at < now)
      const subject = checkInSubject({}, OCTOBER)
      const known = { ...subject.words, wordAt: said.at(-1) ?? null }
      const [due] = dueCheckIns(fridays, [{ ...subject, words: known }], now)
      if (due?.sinceDay === day) asked++
    }
    expect(disciplineOf(past({ said: { words, pushes: [] } }), END)).toEqual({ days: 3, due: asked, made: 3 })
  })

  it('are not asked for where another system reports and the goal is reached', () => {
    const days = [{ day: '2026-10-12', current: 1, target: 1, rawProgress: 1, expectedProgress: null }]
    const pushes = Array.from({ length: 31 }, (_, index) =>
      noon(`2026-10-${String(index + 1).padStart(2, '0')}`),
    )
    expect(disciplineOf(past({ days, said: { words: [], pushes } }), END)).toMatchObject({ due: 2 })
    expect(disciplineOf(past({ days }), END)).toMatchObject({ due: 5 })
    expect(disciplineOf(past({ days, measure: { kind: 'binary' } }), END)).toMatchObject({ due: 2 })
  })

  it('are not asked for before the key result entered the cycle, and never of one that was typed in afterwards', () => {
    const enteredAt = noon('2026-10-20')
    const words = ['2026-10-23', '2026-10-30']
    expect(disciplineOf(past({ enteredAt }, words), END)).toEqual({ days: 2, due: 2, made: 2 })
    expect(disciplineOf(past({ enteredAt: noon('2026-10-23') }, words), END)).toMatchObject({ due: 2 })
    expect(disciplineOf(past({ enteredAt: noon('2026-11-20') }, words), END)).toMatchObject({ due: 0 })
    const everyOther = { ...fridays, checkIns: { everyWeeks: 2 as const, weekday: 5 } }
    // Every other Friday from the start of the cycle on, whenever the key result came: 2, Monday 19 and 30.
    expect(disciplineOf(past({ enteredAt, team: everyOther }, words), END)).toMatchObject({ due: 1, made: 1 })
  })

  it('are asked for of a range until its due day, also while it stands at its target', () => {
    const days = [{ day: '2026-10-01', current: 1, target: 1, rawProgress: 1, expectedProgress: null }]
    const measure = {
      kind: 'range',
      unit: '%',
      band: { below: 5 },
      period: 'week',
      valueOfPeriod: 'latest',
      targetShare: 1,
    } as const
    const pushes = ['2026-10-01', '2026-10-08', '2026-10-15', '2026-10-22', '2026-10-29'].map(noon)
    expect(disciplineOf(past({ days, measure, said: { words: [], pushes } }), END)).toMatchObject({ due: 5 })
    const reached = past({ days, said: { words: [], pushes } })
    expect(disciplineOf(reached, END)).toMatchObject({ due: 0 })
  })

  it('are not asked for after the instant that is told of, and only counted without a cadence', () => {
    expect(disciplineOf(past(), noon('2026-10-10'))).toMatchObject({ due: 2 })
    const words = ['2026-10-02', '2026-11-02']
    const known = { days: 1, due: null, made: null }
    expect(disciplineOf(past({ team: null }, words), END)).toEqual(known)
    expect(disciplineOf(past({ team: { checkIns: null, calendar } }, words), END)).toEqual(known)
  })
})
