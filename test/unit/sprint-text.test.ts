import { expect, it } from 'vitest'
import { planText, standupText } from '../../src/cli/sprint-text.ts'
import { planSprint } from '../../src/domain/sprints/sprint-plan.ts'
import { standup } from '../../src/domain/sprints/sprint-standup.ts'
import { day, DOING, moved, TO_DO } from '../support/issues.ts'
import { aSprint, inSprint, sprintPast, standing, standings } from '../support/sprint-pasts.ts'

const NOW = day(15)
const HOSTILE = 'Pay\u001b[31m by\nphone\u202e'
const sprint = {
  ...aSprint({ name: HOSTILE, goal: HOSTILE }),
  siteId: 'main',
  deletedAt: null,
}

it('shows text of people as one line that no terminal obeys', () => {
  const issues = [inSprint(1, { summary: HOSTILE, statusId: DOING }, moved(day(14) + 1, TO_DO, DOING))]
  const past = sprintPast(sprint, issues)
  const goals = standings({ ...standing('KR-1', { health: 'at_risk' }), title: HOSTILE })
  const plan = planSprint(
    { past, neighbours: [], workedOnBefore: new Set(), named: [], standings: goals },
    NOW,
  )
  const forecast = { pUnder: 0.5, expectedOutcome: 0, inputs: [], learnedFrom: 0 }
  const told = standup(past, goals, day(14), NOW)
  for (const text of [planText({ sprint, plan, forecast }), standupText({ sprint, standup: told })]) {
    expect(text).toContain('Pay[31m by phone')
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(text).not.toMatch(/by\nphone/)
  }
})

it('names three of the issues that one waits for, as one line each, and counts the rest', () => {
  const keys = ['A-1', 'A-2', 'A-3\u001b[31m', 'A-4', 'A-5']
  const waiting = inSprint(
    1,
    {},
    ...keys.map((key) => [day(12), { field: `blocker:${key}`, from: false, to: true }] as const),
  )
  const told = standup(sprintPast(sprint, [waiting]), new Map(), day(14), NOW)
  expect(standupText({ sprint, standup: told })).toContain('blocked by A-1, A-2, A-3[31m, 2 more  PROJ-1')
})

it('names twenty issues and counts the rest', () => {
  const issues = Array.from({ length: 25 }, (_, index) => inSprint(index + 1))
  const past = sprintPast(sprint, issues)
  const plan = planSprint(
    { past, neighbours: [], workedOnBefore: new Set(), named: [], standings: new Map() },
    NOW,
  )
  const forecast = { pUnder: 0.5, expectedOutcome: -2.5, inputs: [], learnedFrom: 3 }
  const text = planText({ sprint, plan, forecast })
  expect(text.match(/^ {2}PROJ-/gm)).toHaveLength(20)
  expect(text).toContain('  and 5 more')
  expect(text).toContain('-2.5 points expected. Learned from 3 earlier sprints.')
})
