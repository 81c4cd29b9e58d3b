import { z } from 'zod'
import type { ChangesFact } from '../../domain/mirror/facts.ts'
import type { SiteFields } from '../../domain/site.ts'
import { jiraHistory, readChanges } from './changelog.ts'
import { jiraId, jiraText, lenient } from './text.ts'

/** Answers of Jira's REST API about issues, their histories and comments. */

/** `search/jql` of Cloud. Each issue is read by itself, so that one of an unforeseen shape costs only itself. */
export const jiraSearchPage = z.looseObject({
  issues: z.array(z.unknown()),
  nextPageToken: lenient(z.string()),
  isLast: lenient(z.boolean()),
})

/** `search` of Data Center. */
export const jiraSearchResults = z.looseObject({
  startAt: z.number().int(),
  total: z.number().int(),
  issues: z.array(z.unknown()),
})

/** What an issue is called, also when the rest of it cannot be read. */
export function issueNameOf(json: unknown): string {
  const named = z.looseObject({ id: lenient(jiraId), key: lenient(jiraText) }).safeParse(json)
  return named.success ? (named.data.id ?? named.data.key ?? 'unknown') : 'unknown'
}

/** `issue/bulkfetch`: the issues Jira still shows. Those it does not are in `issueErrors`, or nowhere. */
export const jiraBulkIssues = z.looseObject({ issues: z.array(z.looseObject({ id: jiraId })) })

/** `changelog/bulkfetch` of Cloud. */
export const jiraBulkChangelogs = z.looseObject({
  issueChangeLogs: z.array(z.looseObject({ issueId: jiraId, changeHistories: z.array(jiraHistory) })),
  nextPageToken: lenient(z.string()),
})

/** An issue with `expand=changelog`, as Data Center gives histories. */
export const jiraIssueWithChangelog = z.looseObject({
  id: jiraId,
  changelog: z.looseObject({ total: lenient(z.number().int()), histories: z.array(jiraHistory) }),
})

/** The changes of one issue that Throughline tracks, oldest first; null when there are none. */
export function readHistories(
  issueId: string,
  histories: readonly z.infer<typeof jiraHistory>[],
  fields: SiteFields,
): ChangesFact | null {
  const changes = histories
    .map((history) => ({ ...history, at: instantOf(history.created) }))
    .sort((a, b) => a.at - b.at)
    .flatMap(({ id, at, items }) => readChanges(id, at, items ?? [], fields))
  return changes.length === 0 ? null : { kind: 'changes', issueId, source: 'rest', changes }
}

/**
 * A history's time as a number is milliseconds on real sites and seconds in Atlassian's own example. No Jira is as
 * old as 1973, where 10^11 milliseconds end.
 */
function instantOf(created: number): number {
  return created < 1e11 ? created * 1_000 : created
}

const jiraComment = z.looseObject({
  id: jiraId,
  author: lenient(
    z
      .looseObject({ accountId: lenient(jiraText), key: lenient(jiraText), name: lenient(jiraText) })
      .transform(({ accountId, key, name }) => accountId ?? key ?? name),
  ),
  /** null where Jira was not asked for properties, or does not list them. */
  properties: lenient(z.array(z.looseObject({ key: jiraText, value: z.unknown() }))),
})

export type JiraComment = z.infer<typeof jiraComment>

/** Comments of an issue. */
export const jiraIssueComments = z.looseObject({
  total: z.number().int(),
  comments: z.array(jiraComment),
})

/** Comments by their ids. */
export const jiraCommentsById = z.looseObject({ values: z.array(jiraComment) })

export const jiraCreatedComment = z.looseObject({ id: jiraId })

export const jiraProperty = z.looseObject({ key: jiraText, value: z.unknown() })
