import { valuesAfter, valuesOverTime, type FieldMeaning } from '../site/field-values.ts'
import { USUAL_FIELDS } from '../site/issue-edits.ts'
import type {
  ChangelogEntry,
  FieldIds,
  IssueValues,
  JsonObject,
  StoredComment,
  StoredIssue,
} from '../site/jira-history.ts'
import { changelogEntry, instantOf, listOf, objectOf, sortedHistories, textOf, textsOf } from './raw-json.ts'

/** Fields that are kept as values of their own, and those that only the agile API or a comment list shows. */
const NOT_MORE = new Set(
  `issuetype parent project resolution resolutiondate created priority labels assignee updated status summary
  creator epic sprint closedSprints flagged comment worklog statuscategorychangedate lastViewed`.split(/\s+/),
)

/** An issue of the board issues table, with its embedded changelog. */
export function storedIssue(json: JsonObject, fieldIds: FieldIds): StoredIssue {
  const fields = objectOf(json, 'fields') ?? {}
  const id = (key: string) => textOf(objectOf(fields, key) ?? {}, 'id')
  const more = Object.entries(fields).filter(
    ([name]) => !NOT_MORE.has(name) && name !== fieldIds.sprint && name !== fieldIds.epicLink,
  )
  return {
    id: textOf(json, 'id') ?? '0',
    createdAt: instantOf(fields, 'created') ?? 0,
    creator: objectOf(fields, 'creator') ?? {},
    formerKeys: [],
    isSynthesised: false,
    histories: sortedHistories(listOf(objectOf(json, 'changelog') ?? {}, 'histories').map(changelogEntry)),
    values: {
      key: textOf(json, 'key') ?? '',
      projectId: id('project') ?? '',
      typeId: id('issuetype') ?? '',
      statusId: id('status') ?? '',
      resolutionId: id('resolution'),
      resolvedAt: instantOf(fields, 'resolutiondate'),
      priorityId: id('priority') ?? '',
      assigneeId: textOf(objectOf(fields, 'assignee') ?? {}, 'accountId'),
      parentId: id('parent'),
      epicKey: textOf(fields, fieldIds.epicLink),
      summary: textOf(fields, 'summary') ?? '',
      labels: textsOf(fields, 'labels'),
      sprintIds: listOf(fields, fieldIds.sprint).map((sprint) => Number(textOf(sprint, 'id'))),
      more: Object.fromEntries(more),
    },
  }
}

/** What stands in for the parts of an issue that its changelog does not tell. */
export interface Unknowns {
  readonly projectId: string
  readonly projectKey: string
  readonly typeId: string
  readonly statusId: string
  readonly priorityId: string
}

/** An issue known by its changelog alone: born with what each field was changed from, and with stand-ins elsewhere. */
export function synthesisedIssue(
  id: string,
  entries: readonly ChangelogEntry[],
  unknowns: Unknowns,
  meaning: FieldMeaning,
): StoredIssue {
  const histories = sortedHistories(entries)
  const standIn: IssueValues = {
    key: `${unknowns.projectKey}-${id}`,
    projectId: unknowns.projectId,
    typeId: unknowns.typeId,
    statusId: unknowns.statusId,
    resolutionId: null,
    resolvedAt: null,
    priorityId: unknowns.priorityId,
    assigneeId: null,
    parentId: null,
    epicKey: null,
    summary: `Issue ${id}, known by its changelog alone`,
    labels: [],
    sprintIds: [],
    more: { ...USUAL_FIELDS, description: null },
  }
  const issue: StoredIssue = {
    id,
    createdAt: (histories[0]?.at ?? 0) - 1_000,
    creator: histories[0]?.author ?? {},
    formerKeys: [],
    isSynthesised: true,
    histories,
    values: standIn,
  }
  const born = valuesOverTime(issue, meaning)[0]!
  return { ...issue, values: valuesAfter(born, issue, meaning) }
}

/** The comments an issue of the table came with. */
export function storedComments(json: JsonObject): StoredComment[] {
  const comments = listOf(objectOf(objectOf(json, 'fields') ?? {}, 'comment') ?? {}, 'comments')
  return comments.map((comment) => ({
    id: textOf(comment, 'id') ?? '0',
    issueId: textOf(json, 'id') ?? '0',
    author: objectOf(comment, 'author') ?? {},
    body: { kind: 'text', text: textOf(comment, 'body') ?? '' },
    createdAt: instantOf(comment, 'created') ?? 0,
    updatedAt: instantOf(comment, 'updated') ?? 0,
    properties: new Map(),
  }))
}
