import type { SiteId, SprintId } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import type { StoredSprint } from '../ports/mirror.ts'
import type { Records } from '../ports/records.ts'

/** A sprint by Jira's id; the site may be left out where one site alone has a sprint of this id. */
export interface NamedSprint {
  readonly siteId: SiteId | null
  /** null: a text that is no sprint id Jira could give. */
  readonly sprintId: SprintId | null
  /** As it was asked for, for messages. */
  readonly text: string
}

/** @throws ThroughlineError `OKR_SPRINT_NOT_FOUND`; `OKR_INPUT_INVALID` when several sites have one */
export async function findSprint(
  { mirror }: Pick<Records, 'mirror'>,
  { siteId, sprintId, text }: NamedSprint,
): Promise<StoredSprint> {
  const found = sprintId === null ? [] : await mirror.sprintsWithId(sprintId)
  const sprints = siteId === null ? found : found.filter((sprint) => sprint.siteId === siteId)
  const [sprint, ...others] = sprints
  if (sprint === undefined) {
    const place = siteId === null ? '' : ` of site ${siteId}`
    throw new ThroughlineError('OKR_SPRINT_NOT_FOUND', `No sprint ${text}${place} is known here.`)
  }
  if (others.length === 0) return sprint
  throw severalSites(
    'sprint',
    text,
    sprints.map((each) => each.siteId),
  )
}

/**
 * A sprint that was not deleted: what is to be planned or talked about.
 * @throws ThroughlineError as `findSprint` does
 */
export async function findLiveSprint(
  records: Pick<Records, 'mirror'>,
  named: NamedSprint,
): Promise<StoredSprint> {
  const sprint = await findSprint(records, named)
  if (sprint.deletedAt === null) return sprint
  throw new ThroughlineError('OKR_SPRINT_NOT_FOUND', `Sprint ${named.text} was deleted in Jira.`)
}

/**
 * The site of a board.
 * @throws ThroughlineError `OKR_BOARD_NOT_FOUND`; `OKR_INPUT_INVALID` when several sites have one of this id
 */
export async function findBoard(
  { mirror }: Pick<Records, 'mirror'>,
  { siteId, boardId, text }: { siteId: SiteId | null; boardId: number | null; text: string },
): Promise<{ siteId: SiteId; boardId: number }> {
  const found = boardId === null ? [] : await mirror.sitesOfBoard(boardId)
  const sites = siteId === null ? found : found.filter((site) => site === siteId)
  if (boardId === null || sites[0] === undefined) {
    const place = siteId === null ? '' : ` of site ${siteId}`
    throw new ThroughlineError('OKR_BOARD_NOT_FOUND', `No sprint began on a board ${text}${place}.`)
  }
  if (sites.length > 1) throw severalSites('board', text, sites)
  return { siteId: sites[0], boardId }
}

function severalSites(kind: 'sprint' | 'board', text: string, sites: readonly SiteId[]): ThroughlineError {
  const message = `${sites.length} sites have a ${kind} ${text}: ${sites.join(', ')}`
  return new ThroughlineError('OKR_INPUT_INVALID', `${message}. Name the site too: ${sites[0]}/${text}.`, {
    problems: [{ field: 'site', message }],
  })
}
