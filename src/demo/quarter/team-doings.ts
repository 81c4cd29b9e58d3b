import type { SprintId } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { JiraSimulator } from '../jira-simulator/jira-simulator.ts'
import type { Random } from '../jira-simulator/site/random.ts'
import { PLAIN_RESOLUTION, PLAIN_STATUS, PLAIN_TYPE } from '../jira-simulator/site/plain-site.ts'
import { STREAMS, SYNONYMS_FIELD, type ProjectKey, type Stream } from './backlog.ts'
import { instantOn, type StoryDay } from './calendar.ts'
import { planWork, sprintDays, SPRINTS, type PlannedIssue } from './work-plan.ts'

/** Something that somebody does in Jira. */
export interface Doing {
  readonly at: EpochMs
  do(jira: JiraSimulator): void
}

const BACKLOGS_FILLED: StoryDay = { week: 40, weekday: 0 }
const SURGE_COMES: StoryDay = { week: 45, weekday: 1 }
const SURGE_IS_CUT: StoryDay = { week: 47, weekday: 2 }
const BOARDS: readonly { readonly project: ProjectKey; readonly boardId: number }[] = [
  { project: 'SHOP', boardId: 1 },
  { project: 'FIND', boardId: 2 },
]
const GOALS: Readonly<Record<ProjectKey, readonly string[]>> = {
  SHOP: [
    'KR-5: first steps',
    'KR-5, KR-3',
    'KR-5, KR-6: Netherlands',
    'KR-5 through Black Friday',
    'KR-6: Germany',
    'KR-5: all of it',
  ],
  FIND: ['The index moves', 'KR-7: the first kinds', 'KR-7', 'KR-7, KR-8', 'KR-7, KR-8', 'KR-9: below 12 %'],
}

/** Everything two teams do in Jira in the quarter, in the order of time. */
export function teamDoings(random: Random): Doing[] {
  const { known, surge } = planWork(random)
  const sprints = new Map<string, SprintId>()
  const epics = new Map<Stream['epic'], string>()
  const issues = new Map<PlannedIssue, string>()
  const filled = instantOn(BACKLOGS_FILLED, 10)
  const create = (jira: JiraSimulator, planned: PlannedIssue, at: EpochMs) => {
    const { stream, summary, points, synonyms, sprint } = planned
    const { key } = jira.createIssue({
      at,
      projectKey: stream.project,
      summary,
      points,
      parent: epics.get(stream.epic) ?? null,
      sprintId: sprints.get(sprintName(stream.project, sprint))!,
      custom: synonyms === null ? {} : { [SYNONYMS_FIELD]: synonyms },
    })
    issues.set(planned, key)
  }

  const doings: Doing[] = [
    { at: filled, do: (jira) => makeSprints(jira, sprints, filled) },
    { at: filled, do: (jira) => makeEpics(jira, epics, filled) },
    { at: filled, do: (jira) => known.forEach((planned) => create(jira, planned, filled)) },
    ...surgeDoings(surge, { create, issues }),
    ...[...known, ...surge].flatMap((planned) => workOn(planned, issues)),
    ...BOARDS.flatMap(({ project }) => sprintDoings(project, sprints)),
  ]
  return doings.sort((a, b) => a.at - b.at)
}

function makeSprints(jira: JiraSimulator, sprints: Map<string, SprintId>, at: EpochMs): void {
  for (const { project, boardId } of BOARDS) {
    for (let sprint = 0; sprint < SPRINTS; sprint++) {
      const name = sprintName(project, sprint)
      sprints.set(name, jira.createSprint({ at, boardId, name, goal: GOALS[project][sprint] ?? '' }))
    }
  }
}

function makeEpics(jira: JiraSimulator, epics: Map<Stream['epic'], string>, at: EpochMs): void {
  for (const { project, epic } of STREAMS) {
    if (epic === null) continue
    const { key } = jira.createIssue({ at, projectKey: project, typeId: PLAIN_TYPE.epic, ...epic })
    epics.set(epic, key)
  }
}

function surgeDoings(
  surge: readonly PlannedIssue[],
  {
    create,
    issues,
  }: {
    readonly create: (jira: JiraSimulator, planned: PlannedIssue, at: EpochMs) => void
    readonly issues: ReadonlyMap<PlannedIssue, string>
  },
): Doing[] {
  const comes = instantOn(SURGE_COMES, 11)
  const isCut = instantOn(SURGE_IS_CUT, 14)
  const cut = { at: isCut, statusId: PLAIN_STATUS.done, resolutionId: PLAIN_RESOLUTION.wontDo }
  const dropped = surge.filter(({ doneAt }) => doneAt === null)
  return [
    { at: comes, do: (jira) => surge.forEach((planned) => create(jira, planned, comes)) },
    { at: isCut, do: (jira) => dropped.forEach((planned) => jira.transition(issues.get(planned)!, cut)) },
  ]
}

function workOn(planned: PlannedIssue, issues: ReadonlyMap<PlannedIssue, string>): Doing[] {
  const moves = [
    { at: planned.startAt, statusId: PLAIN_STATUS.inProgress },
    { at: planned.doneAt, statusId: PLAIN_STATUS.done },
  ]
  return moves.flatMap(({ at, statusId }) =>
    at === null
      ? []
      : [{ at, do: (jira: JiraSimulator) => jira.transition(issues.get(planned)!, { at, statusId }) }],
  )
}

function sprintDoings(project: ProjectKey, sprints: ReadonlyMap<string, SprintId>): Doing[] {
  return Array.from({ length: SPRINTS }, (_, sprint) => sprint).flatMap((sprint) => {
    const { start, close } = sprintDays(sprint)
    const endAt = instantOn(close, 16)
    const startAt = instantOn(start, 9)
    const id = () => sprints.get(sprintName(project, sprint))!
    const carryOverTo = () => sprints.get(sprintName(project, sprint + 1)) ?? null
    return [
      { at: startAt, do: (jira: JiraSimulator) => jira.startSprint(id(), { at: startAt, endAt }) },
      {
        at: endAt,
        do: (jira: JiraSimulator) => void jira.closeSprint(id(), { at: endAt, carryOverTo: carryOverTo() }),
      },
    ]
  })
}

function sprintName(project: ProjectKey, sprint: number): string {
  return `${project} Sprint ${sprint + 1}`
}
