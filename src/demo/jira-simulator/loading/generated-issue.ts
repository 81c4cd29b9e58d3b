import type { EpochMs } from '../../../domain/time.ts'
import { DAY_MS, HOUR_MS } from '../../../domain/time.ts'
import * as item from '../site/changelog-items.ts'
import { USUAL_FIELDS } from '../site/issue-edits.ts'
import type { Catalogue } from '../site/catalogue.ts'
import type {
  ChangelogEntry,
  ChangelogItem,
  JiraHistory,
  StoredIssue,
  StoredSprint,
} from '../site/jira-history.ts'
import { PLAIN_RESOLUTION, PLAIN_STATUS, PLAIN_TYPE } from '../site/plain-site.ts'
import { drawOf } from '../site/random.ts'

/** The shape of a generated site: everything about an issue follows from this and its position. */
export interface GeneratedShape {
  readonly seed: number
  readonly projects: number
  readonly issues: number
  /** Of each project's board. */
  readonly sprints: number
  readonly sprintMs: number
  readonly keyResults: number
  /** Share of issues that carry a KR label. */
  readonly labelShare: number
  readonly startAt: EpochMs
}

/** When what happened to an issue. Null is never. */
export interface Timeline {
  readonly createdAt: EpochMs
  readonly plannedAt: EpochMs | null
  readonly estimatedAt: EpochMs | null
  readonly startedAt: EpochMs
  readonly carriedAt: EpochMs | null
  readonly doneAt: EpochMs | null
  readonly updatedAt: EpochMs
}

const FIRST_ID = 100_001
const FIRST_HISTORY_ID = 1_000_000
const HISTORIES_PER_ISSUE = 8
/** The first issue of every 25 of a project is the epic of the others. */
const EPIC_SPAN = 25
const POINTS = [1, 2, 3, 5, 8, 13]

/** Choices about an issue, one draw each. */
const DRAW = {
  type: 1,
  label: 2,
  keyResult: 3,
  points: 4,
  estimated: 5,
  start: 6,
  done: 7,
  late: 8,
  person: 9,
}

export const lastGeneratedIds = (shape: GeneratedShape) => ({
  issue: FIRST_ID + shape.issues,
  history: FIRST_HISTORY_ID + shape.issues * HISTORIES_PER_ISSUE,
  comment: 10_000,
})

export const generatedId = (position: number): string => String(FIRST_ID + position)

/** The position of an id or key; undefined when it is none of this site. */
export function generatedPosition(shape: GeneratedShape, idOrKey: string): number | undefined {
  const key = /^P(\d+)-(\d+)$/.exec(idOrKey)
  const project = Number(key?.[1]) - 1
  const position = key === null ? Number(idOrKey) - FIRST_ID : (Number(key[2]) - 1) * shape.projects + project
  const isOwn = Number.isInteger(position) && position >= 0 && position < shape.issues
  return isOwn && (key === null || (project >= 0 && project < shape.projects)) ? position : undefined
}

/** A week ahead of its sprint, in order of position: pages by `created` follow the positions. */
export function createdAt(shape: GeneratedShape, position: number): EpochMs {
  const span = shape.sprints * shape.sprintMs
  return shape.startAt - 7 * DAY_MS + Math.floor((position * span) / shape.issues)
}

export function timelineOf(shape: GeneratedShape, position: number): Timeline {
  const draw = (choice: number) => drawOf(shape.seed, position, choice)
  const created = createdAt(shape, position)
  if (isEpic(shape, position)) {
    const startedAt = created + DAY_MS
    const nothing = { plannedAt: null, estimatedAt: null, carriedAt: null, doneAt: null }
    return { createdAt: created, ...nothing, startedAt, updatedAt: startedAt }
  }
  const sprint = sprintIndex(shape, position)
  const sprintEnd = shape.startAt + (sprint + 1) * shape.sprintMs
  const plannedAt = created + HOUR_MS
  const estimatedAt = draw(DRAW.estimated) < 0.1 ? plannedAt + HOUR_MS : null
  const startedAt = Math.max(
    plannedAt + 2 * HOUR_MS,
    sprintEnd - Math.floor((0.4 + draw(DRAW.start) * 0.6) * shape.sprintMs),
  )
  const isLate = draw(DRAW.late) < 0.25
  const isLastSprint = sprint === shape.sprints - 1
  const carriedAt = isLate && !isLastSprint ? sprintEnd + 3_000 + Math.floor(draw(DRAW.late) * 40_000) : null
  const doneAt = isLate
    ? carriedAt === null || sprint + 2 === shape.sprints
      ? null
      : carriedAt + Math.floor(draw(DRAW.done) * 0.8 * shape.sprintMs)
    : startedAt + Math.floor(draw(DRAW.done) * (sprintEnd - startedAt))
  const updatedAt = Math.max(estimatedAt ?? 0, startedAt, carriedAt ?? 0, doneAt ?? 0)
  return { createdAt: created, plannedAt, estimatedAt, startedAt, carriedAt, doneAt, updatedAt }
}

/** The whole issue at a position, computed anew each time: nothing of it is kept. */
export function generatedIssue(
  shape: GeneratedShape,
  site: JiraHistory,
  catalogue: Catalogue,
  position: number,
): StoredIssue {
  const { fieldIds } = site.site
  const draw = (choice: number) => drawOf(shape.seed, position, choice)
  const timeline = timelineOf(shape, position)
  const number = Math.floor(position / shape.projects) + 1
  const project = site.projects[position % shape.projects]!
  const person = site.users[Math.floor(draw(DRAW.person) * site.users.length)]!
  const epicPosition = position - ((number - 1) % EPIC_SPAN) * shape.projects
  const isStory = epicPosition !== position
  const points = draw(DRAW.points) < 0.1 ? null : POINTS[Math.floor(draw(DRAW.points) * POINTS.length)]!
  const sprints = sprintsOf(shape, site, position, timeline)
  const histories = historiesOf(shape, site, catalogue, { position, timeline, sprints, points })
  return {
    id: generatedId(position),
    createdAt: timeline.createdAt,
    creator: catalogue.userJson(site.users[0]!.accountId),
    formerKeys: [],
    isSynthesised: false,
    histories,
    values: {
      key: `${project.key}-${number}`,
      projectId: project.id,
      typeId: isStory ? (draw(DRAW.type) < 0.7 ? PLAIN_TYPE.story : PLAIN_TYPE.bug) : PLAIN_TYPE.epic,
      statusId: timeline.doneAt === null ? PLAIN_STATUS.inProgress : PLAIN_STATUS.done,
      resolutionId: timeline.doneAt === null ? null : PLAIN_RESOLUTION.done,
      resolvedAt: timeline.doneAt,
      priorityId: site.priorities[0]!.id,
      assigneeId: person.accountId,
      parentId: isStory ? generatedId(epicPosition) : null,
      epicKey: isStory ? `${project.key}-${Math.floor(epicPosition / shape.projects) + 1}` : null,
      summary: `${isStory ? 'Story' : 'Epic'} ${number} of ${project.name}`,
      labels:
        draw(DRAW.label) < shape.labelShare
          ? [`KR-${1 + Math.floor(draw(DRAW.keyResult) * shape.keyResults)}`]
          : [],
      sprintIds: sprints.map((sprint) => sprint.id),
      more: { ...USUAL_FIELDS, description: null, [fieldIds.points]: isStory ? points : null },
    },
  }
}

interface Told {
  readonly position: number
  readonly timeline: Timeline
  readonly sprints: readonly StoredSprint[]
  readonly points: number | null
}

function historiesOf(
  shape: GeneratedShape,
  site: JiraHistory,
  catalogue: Catalogue,
  { position, timeline, sprints, points }: Told,
): ChangelogEntry[] {
  const { fieldIds } = site.site
  const author = catalogue.userJson(site.users[0]!.accountId)
  const status = (id: string) => catalogue.status(id)
  const steps: [EpochMs | null, ChangelogItem[]][] = [
    [timeline.plannedAt, [item.sprintItem(fieldIds.sprint, [], sprints.slice(0, 1))]],
    [
      timeline.estimatedAt,
      [item.customFieldItem(catalogue.field(fieldIds.points), points === null ? 1 : null, points)],
    ],
    [timeline.startedAt, [item.statusItem(status(PLAIN_STATUS.toDo), status(PLAIN_STATUS.inProgress))]],
    [timeline.carriedAt, [item.sprintItem(fieldIds.sprint, sprints.slice(0, 1), sprints)]],
    [
      timeline.doneAt,
      [
        item.resolutionItem(null, catalogue.resolution(PLAIN_RESOLUTION.done)),
        item.statusItem(status(PLAIN_STATUS.inProgress), status(PLAIN_STATUS.done)),
      ],
    ],
  ]
  return steps
    .filter((step): step is [EpochMs, ChangelogItem[]] => step[0] !== null)
    .sort((a, b) => a[0] - b[0])
    .map(([at, items], index) => ({
      id: String(FIRST_HISTORY_ID + position * HISTORIES_PER_ISSUE + index),
      at,
      author,
      items,
    }))
}

function sprintsOf(
  shape: GeneratedShape,
  site: JiraHistory,
  position: number,
  timeline: Timeline,
): StoredSprint[] {
  if (timeline.plannedAt === null) return []
  const first = (position % shape.projects) * shape.sprints + sprintIndex(shape, position)
  return site.sprints.slice(first, first + (timeline.carriedAt === null ? 1 : 2))
}

function sprintIndex(shape: GeneratedShape, position: number): number {
  return Math.min(shape.sprints - 1, Math.floor((position * shape.sprints) / shape.issues))
}

function isEpic(shape: GeneratedShape, position: number): boolean {
  return Math.floor(position / shape.projects) % EPIC_SPAN === 0
}
