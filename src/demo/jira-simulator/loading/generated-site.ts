import { DAY_MS, type EpochMs } from '../../../domain/time.ts'
import { createCatalogue } from '../site/catalogue.ts'
import type { IssueSeries, JiraHistory, StoredSprint } from '../site/jira-history.ts'
import { plainSite } from '../site/plain-site.ts'
import {
  createdAt,
  generatedId,
  generatedIssue,
  generatedPosition,
  lastGeneratedIds,
  timelineOf,
  type GeneratedShape,
} from './generated-issue.ts'

export interface GenerateOptions {
  readonly seed: number
  readonly projects: number
  readonly issues: number
  /** Of each project's board; all but the last are closed. */
  readonly sprints: number
  /** How many key results the labels name: `KR-1` … */
  readonly keyResults?: number
  /** Share of issues that carry such a label. */
  readonly labelShare?: number
  readonly sprintDays?: number
  /** Start of the first sprint. */
  readonly startAt?: EpochMs
  readonly timeZone?: string
}

/**
 * A synthetic site of any size. Issues are computed from their position whenever one is looked at, so that a site of
 * 100,000 issues costs no memory and each page of it the same. The same options give the same site.
 */
export function generateSite(options: GenerateOptions): JiraHistory {
  const shape: GeneratedShape = {
    seed: options.seed,
    projects: options.projects,
    issues: options.issues,
    sprints: options.sprints,
    sprintMs: (options.sprintDays ?? 14) * DAY_MS,
    keyResults: options.keyResults ?? 20,
    labelShare: options.labelShare ?? 0.3,
    startAt: options.startAt ?? Date.UTC(2026, 0, 5, 9),
  }
  const plain = plainSite({
    projects: Array.from({ length: shape.projects }, (_, index) => ({
      key: `P${index + 1}`,
      name: `Project ${index + 1}`,
    })),
    timeZone: options.timeZone ?? 'UTC',
  })
  const site = { ...plain, sprints: sprintsOf(shape, plain), lastIds: lastGeneratedIds(shape) }
  return { ...site, issues: seriesOf(shape, site) }
}

function seriesOf(shape: GeneratedShape, site: JiraHistory): IssueSeries {
  const catalogue = createCatalogue(site)
  return {
    count: shape.issues,
    at: (position) => generatedIssue(shape, site, catalogue, position),
    outline: (position) => ({
      id: generatedId(position),
      projectId: site.projects[position % shape.projects]!.id,
      createdAt: createdAt(shape, position),
      updatedAt: timelineOf(shape, position).updatedAt,
    }),
    find: (idOrKey) => generatedPosition(shape, idOrKey),
  }
}

function sprintsOf(shape: GeneratedShape, site: JiraHistory): StoredSprint[] {
  return site.boards.flatMap((board, boardIndex) =>
    Array.from({ length: shape.sprints }, (_, index): StoredSprint => {
      const startAt = shape.startAt + index * shape.sprintMs
      const endAt = startAt + shape.sprintMs
      const isLast = index === shape.sprints - 1
      return {
        id: boardIndex * shape.sprints + index + 1,
        name: `${board.name} ${index + 1}`,
        state: isLast ? 'active' : 'closed',
        goal: '',
        originBoardId: board.id,
        boardIds: [board.id],
        createdAt: startAt - 14 * DAY_MS,
        startAt,
        endAt,
        completeAt: isLast ? null : endAt,
      }
    }),
  )
}
