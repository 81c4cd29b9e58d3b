import { describe, expect, it } from 'vitest'
import type { CycleKey, TeamKey } from '../../src/domain/ids.ts'
import { buildRetrospective } from '../../src/domain/retrospective/build-retrospective.ts'
import type { EarlierCycle } from '../../src/domain/retrospective/cycles-in-a-row.ts'
import { hintSentence } from '../../src/domain/retrospective/hint-sentence.ts'
import { aCyclePast, aKeyResultPast, anObjective, END } from '../support/cycle-pasts.ts'

const team = 'search' as TeamKey
const objective = anObjective({ ambition: 'aspirational', team })
const earlier = (
  name: string,
  endDay: string,
  score: number | null,
  title = objective.title,
): EarlierCycle => ({
  cycle: name as CycleKey,
  endDay,
  objectives: [{ title, team, ambition: 'aspirational', score }],
})
const hintsOf = (cycles: EarlierCycle[], value: number | null = 54.5, given = objective) => {
  const past = aCyclePast([aKeyResultPast([value])], { objective: given, earlier: cycles })
  const { hints, objectives } = buildRetrospective(past, END)
  return { team: hints, lineage: objectives[0]!.hints.filter((hint) => 'cycles' in hint) }
}
const nothing = { team: [], lineage: [] }

describe('sandbagging', () => {
  it('is hinted at when aspirations are graded above 0.9 for several cycles in a row', () => {
    const cycles = [
      earlier('b', '2026-06-30', 0.95),
      earlier('c', '2026-09-30', 1),
      earlier('a', '2026-03-31', 0.5),
    ]
    expect(hintsOf(cycles)).toEqual({
      team: [{ kind: 'sandbagging', team, cycles: ['2026-10', 'c', 'b'] }],
      lineage: [{ kind: 'sandbagging', team: null, cycles: ['2026-10', 'c', 'b'] }],
    })
  })

  it('is not for one cycle, for exactly 0.9, after a break, or for commitments', () => {
    expect(hintsOf([])).toEqual(nothing)
    expect(hintsOf([earlier('c', '2026-09-30', 0.9)])).toEqual(nothing)
    expect(hintsOf([earlier('c', '2026-09-30', 1)], 50)).toEqual(nothing)
    const broken = [earlier('c', '2026-09-30', 0.6), earlier('b', '2026-06-30', 1)]
    expect(hintsOf(broken)).toEqual(nothing)
    expect(hintsOf([earlier('c', '2026-09-30', 1)], 55, anObjective({ team }))).toEqual(nothing)
  })

  it('follows a team over changing objectives, and an objective without a team by its title', () => {
    expect(hintsOf([earlier('c', '2026-09-30', 1, 'Something else')])).toMatchObject({
      team: [{}],
      lineage: [],
    })
    const alone = {
      ...earlier('c', '2026-09-30', 1),
      objectives: [
        {
          title: ' customers  FIND what they look for',
          team: null,
          ambition: 'aspirational' as const,
          score: 1,
        },
      ],
    }
    expect(hintsOf([alone], 55, { ...objective, team: null })).toMatchObject({ team: [], lineage: [{}] })
  })
})

describe('aspirations out of reach', () => {
  it('are hinted at when they are graded below 0.4 for several cycles in a row', () => {
    const cycles = [earlier('c', '2026-09-30', 0.2), earlier('b', '2026-06-30', 0.39)]
    const { team: ofTeam, lineage } = hintsOf(cycles, 46)
    expect(ofTeam).toEqual([{ kind: 'too_ambitious', team, cycles: ['2026-10', 'c', 'b'] }])
    expect(lineage).toEqual([{ kind: 'too_ambitious', team: null, cycles: ['2026-10', 'c', 'b'] }])
    expect(hintSentence(ofTeam[0]!)).toMatch(
      /^The aspirational objectives of team search were graded below 0.4 in 3 cycles in a row \(2026-10, c and b\): /,
    )
  })

  it('are not for one cycle, for exactly 0.4, after a break, for commitments, or where nothing was measured', () => {
    const bad = earlier('c', '2026-09-30', 0.1)
    expect(hintsOf([], 46)).toEqual(nothing)
    expect(hintsOf([bad], 49)).toEqual(nothing)
    expect(hintsOf([earlier('c', '2026-09-30', 0.95)], 46)).toEqual(nothing)
    expect(hintsOf([bad], 46, anObjective({ team }))).toEqual(nothing)
    expect(hintsOf([bad], null)).toEqual(nothing)
  })
})
