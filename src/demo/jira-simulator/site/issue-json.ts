import type { EpochMs } from '../../../domain/time.ts'
import type { Catalogue } from './catalogue.ts'
import { textAsDocument } from './comment-body.ts'
import type {
  IssueValues,
  JsonObject,
  OutsideIssue,
  SiteProfile,
  StoredIssue,
  StoredLink,
  StoredLinkType,
  StoredSprint,
} from './jira-history.ts'
import { updatedAt } from './jira-history.ts'
import { issueInstant } from './jira-time.ts'
import { sprintFieldEntry, type SprintForm } from './sprint-json.ts'

/** What an issue's JSON is made from beside the issue. */
export interface IssueSurroundings {
  readonly profile: SiteProfile
  readonly catalogue: Catalogue
  readonly sprintForm: SprintForm
  sprint(id: number): StoredSprint | undefined
  /** Links made since the site runs that begin or end at an issue. */
  linksOf(issueId: string): readonly StoredLink[]
  /** The parent, or a linked issue, as another issue shows it; null when nobody knows it. */
  parent(id: string): OutsideIssue | null
}

export interface IssueView {
  readonly values: IssueValues
  readonly updatedAt: EpochMs
  /** Shapes of text: REST v3 sends documents, v2 and webhooks text. */
  readonly version: 2 | 3
  /** Null asks for every field. */
  readonly only: ReadonlySet<string> | null
}

/** The view of an issue as it is today. */
export function today(
  issue: StoredIssue,
  version: 2 | 3,
  only: ReadonlySet<string> | null = null,
): IssueView {
  return { values: issue.values, updatedAt: updatedAt(issue), version, only }
}

/** An issue's `fields`. Status, type, project and people follow the catalogue by id, whatever they once were called. */
export function issueFields(issue: StoredIssue, view: IssueView, around: IssueSurroundings): JsonObject {
  const { values, version, only } = view
  const { catalogue, profile } = around
  const { fieldIds } = profile
  const instant = (at: EpochMs) => issueInstant(at, profile.account.timeZone)
  const fields: Record<string, unknown> = {}
  const put = (name: string, value: () => unknown) => {
    if (only === null || only.has(name)) fields[name] = value()
  }

  put('issuetype', () => catalogue.issueType(values.typeId).json)
  if (values.parentId !== null) put('parent', () => parentJson(values.parentId!, around))
  put('project', () => catalogue.project(values.projectId).json)
  put('resolution', () =>
    values.resolutionId === null ? null : catalogue.resolution(values.resolutionId).json,
  )
  put('resolutiondate', () => (values.resolvedAt === null ? null : instant(values.resolvedAt)))
  put('created', () => instant(issue.createdAt))
  put('priority', () => catalogue.priority(values.priorityId).json)
  put('labels', () => values.labels)
  put('assignee', () => (values.assigneeId === null ? null : catalogue.userJson(values.assigneeId)))
  put('updated', () => instant(view.updatedAt))
  put('status', () => catalogue.status(values.statusId).json)
  put('summary', () => values.summary)
  put('creator', () => issue.creator)
  put('reporter', () => issue.creator)
  put(fieldIds.sprint, () => sprintField(values.sprintIds, around))
  put(fieldIds.epicLink, () => values.epicKey)
  put('issuelinks', () => issueLinks(issue, around))
  for (const [name, value] of Object.entries(values.more)) {
    if (name === 'issuelinks') continue
    put(name, () =>
      version === 3 && isLongText(name) && typeof value === 'string' ? textAsDocument(value) : value,
    )
  }
  return fields
}

/** An issue as REST serves it. */
export function restIssue(issue: StoredIssue, view: IssueView, around: IssueSurroundings): JsonObject {
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${around.profile.baseUrl}/rest/api/${view.version}/issue/${issue.id}`,
    key: view.values.key,
    fields: issueFields(issue, view, around),
  }
}

/** An issue as webhooks carry it: v2 shapes, and a `self` without `/issue/`, as Cloud sends it. */
export function webhookIssue(issue: StoredIssue, view: IssueView, around: IssueSurroundings): JsonObject {
  return {
    id: issue.id,
    self: `${around.profile.baseUrl}/rest/api/2/${issue.id}`,
    key: view.values.key,
    fields: issueFields(issue, view, around),
  }
}

/** What a child shows of its parent. */
export function asParent(issue: StoredIssue, catalogue: Catalogue): OutsideIssue {
  const { values } = issue
  return {
    key: values.key,
    fields: {
      summary: values.summary,
      status: catalogue.status(values.statusId).json,
      priority: catalogue.priority(values.priorityId).json,
      issuetype: catalogue.issueType(values.typeId).json,
    },
  }
}

function parentJson(id: string, around: IssueSurroundings): JsonObject {
  const parent = around.parent(id)
  return {
    id,
    ...(parent === null ? {} : { key: parent.key }),
    self: `${around.profile.baseUrl}/rest/api/2/issue/${id}`,
    ...(parent === null ? {} : { fields: parent.fields }),
  }
}

/** Those the issue was loaded with, and those made since, each with the issue at its other end alone. */
function issueLinks({ id, values }: StoredIssue, around: IssueSurroundings): unknown[] {
  const { baseUrl } = around.profile
  const loaded = values.more.issuelinks
  const made = around.linksOf(id).map((link) => {
    const { sourceId, destinationId } = link
    const isSource = sourceId === id
    return {
      id: link.id,
      self: `${baseUrl}/rest/api/2/issueLink/${link.id}`,
      type: linkTypeJson(link.type, baseUrl),
      [isSource ? 'outwardIssue' : 'inwardIssue']: parentJson(isSource ? destinationId : sourceId, around),
    }
  })
  return [...(Array.isArray(loaded) ? (loaded as unknown[]) : []), ...made]
}

export function linkTypeJson({ id, name, inward, outward }: StoredLinkType, baseUrl: string): JsonObject {
  return { id, name, inward, outward, self: `${baseUrl}/rest/api/2/issueLinkType/${id}` }
}

/** Null rather than an empty list, as Jira shows an issue that never was in a sprint. */
function sprintField(sprintIds: readonly number[], around: IssueSurroundings): unknown {
  const sprints = sprintIds.map((id) => around.sprint(id)).filter((sprint) => sprint !== undefined)
  return sprints.length === 0 ? null : sprints.map((sprint) => sprintFieldEntry(sprint, around.sprintForm))
}

function isLongText(field: string): boolean {
  return field === 'description' || field === 'environment'
}
