import { z } from 'zod'
import type { Sprint, SprintState } from '../../domain/mirror/facts.ts'
import { jiraInstant, jiraNumericId, jiraText, lenient, storableText } from './text.ts'

/** A sprint as the agile API and `sprint_*` events send it. A future sprint has no dates and may lack `goal`. */
export const jiraSprint = z
  .looseObject({
    id: jiraNumericId,
    name: jiraText.default(''),
    state: z.string().transform(sprintState),
    startDate: lenient(jiraInstant),
    endDate: lenient(jiraInstant),
    completeDate: lenient(jiraInstant),
    originBoardId: lenient(jiraNumericId),
    boardId: lenient(jiraNumericId),
    rapidViewId: lenient(jiraNumericId),
    goal: lenient(jiraText),
  })
  .transform((sprint): Sprint => ({
    sprintId: sprint.id,
    name: sprint.name,
    state: sprint.state,
    startAt: sprint.startDate,
    endAt: sprint.endDate,
    completeAt: sprint.completeDate,
    goal: sprint.goal ?? '',
    boardId: sprint.originBoardId ?? sprint.boardId ?? sprint.rapidViewId,
  }))

function sprintState(text: string): SprintState {
  const state = text.toLowerCase()
  return state === 'active' || state === 'closed' ? state : 'future'
}

const GREENHOPPER = /^com\.atlassian\.greenhopper\.service\.sprint\.Sprint@[0-9a-f]+\[(.*)\]$/s

/** The attributes of the string form, in any order. A name or goal may hold commas, brackets and `=`. */
const GREENHOPPER_KEYS =
  /(?:^|,)(activatedDate|autoStartStop|completeDate|endDate|goal|id|incompleteIssuesDestinationId|name|rapidViewId|sequence|startDate|state|synced)=/g

/**
 * The string form of a sprint in an issue's Sprint field (Server, and Cloud until 2020):
 * `com.atlassian.greenhopper.service.sprint.Sprint@519c6abe[completeDate=<null>,id=197,name=TES Sprint 3,…]`.
 * Null when the text is not one.
 */
export function parseGreenhopperSprint(text: string): Sprint | null {
  const body = GREENHOPPER.exec(storableText(text))?.[1]
  if (body === undefined) return null
  const marks = [...body.matchAll(GREENHOPPER_KEYS)]
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>
  marks.forEach((mark, index) => {
    const value = body.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? body.length)
    attributes[mark[1]!] ??= value
  })
  const present = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== '<null>'))
  const sprint = jiraSprint.safeParse(present)
  return sprint.success ? sprint.data : null
}

/** One entry of an issue's Sprint field, in either form. */
export function sprintOfFieldEntry(entry: unknown): Sprint | null {
  if (typeof entry === 'string') return parseGreenhopperSprint(entry)
  const sprint = jiraSprint.safeParse(entry)
  return sprint.success ? sprint.data : null
}

/** Whether a field value is a list of sprints by its shape alone, for sites whose fields are not known yet. */
export function looksLikeSprints(value: unknown): value is unknown[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) =>
      typeof entry === 'string'
        ? GREENHOPPER.test(entry)
        : entry !== null &&
          typeof entry === 'object' &&
          'boardId' in entry &&
          'state' in entry &&
          'id' in entry,
    )
  )
}
