import * as item from './changelog-items.ts'
import type { ChangelogItem, IssueValues, JsonObject, StoredIssue } from './jira-history.ts'
import type { IssueEdit, Transition } from './issue-inputs.ts'
import type { RunningSite } from './running-site.ts'

/** Fields every new issue shows, whatever it is about. Shared by all of them. */
export const USUAL_FIELDS: JsonObject = {
  timespent: null,
  fixVersions: [],
  aggregatetimespent: null,
  workratio: -1,
  issuerestriction: { issuerestrictions: {}, shouldDisplay: false },
  timeestimate: null,
  aggregatetimeoriginalestimate: null,
  versions: [],
  issuelinks: [],
  components: [],
  timeoriginalestimate: null,
  timetracking: {},
  security: null,
  attachment: [],
  aggregatetimeestimate: null,
  subtasks: [],
  aggregateprogress: { progress: 0, total: 0 },
  environment: null,
  duedate: null,
  progress: { progress: 0, total: 0 },
}

export interface EditedIssue {
  readonly values: IssueValues
  readonly items: ChangelogItem[]
}

/** The values after an edit and the changelog items that lead there: none for what stays as it is. */
export function edited(site: RunningSite, issue: StoredIssue, edit: IssueEdit): EditedIssue {
  const { catalogue, history } = site
  const { fieldIds } = history.site
  const items: ChangelogItem[] = []
  let values = issue.values

  if (edit.summary !== undefined && edit.summary !== values.summary) {
    items.push(item.summaryItem(values.summary, edit.summary))
    values = { ...values, summary: edit.summary }
  }
  if (edit.labels !== undefined && edit.labels.join(' ') !== values.labels.join(' ')) {
    items.push(item.labelsItem(values.labels, edit.labels))
    values = { ...values, labels: edit.labels }
  }
  const assigneeId = edit.assigneeId
  if (assigneeId !== undefined && assigneeId !== values.assigneeId) {
    const user = (id: string | null) => (id === null ? null : catalogue.user(id))
    items.push(item.assigneeItem(user(values.assigneeId), user(assigneeId)))
    values = { ...values, assigneeId }
  }
  if (edit.parent !== undefined) {
    const parent = edit.parent === null ? null : site.issue(edit.parent)
    items.push(...parentItems(site, values, parent))
    values = { ...values, parentId: parent?.id ?? null, epicKey: epicKeyOf(site, parent) }
  }
  const custom = { ...edit.custom, ...(edit.points === undefined ? {} : { [fieldIds.points]: edit.points }) }
  for (const [fieldId, value] of Object.entries(custom)) {
    const before = values.more[fieldId] ?? null
    if (JSON.stringify(before) === JSON.stringify(value)) continue
    items.push(item.customFieldItem(catalogue.field(fieldId), before, value))
    values = { ...values, more: { ...values.more, [fieldId]: value } }
  }
  return { values, items }
}

function parentItems(site: RunningSite, values: IssueValues, parent: StoredIssue | null): ChangelogItem[] {
  if ((parent?.id ?? null) === values.parentId) return []
  const named = (id: string | null) => {
    const key = id === null ? undefined : site.around.parent(id)?.key
    return id === null ? null : { id, key: key ?? id }
  }
  const from = named(values.parentId)
  const to = named(parent?.id ?? null)
  const items = [item.parentItem(from, to)]
  const epicKey = epicKeyOf(site, parent)
  if (epicKey !== values.epicKey) {
    items.push(
      item.epicLinkItem(
        site.history.site.fieldIds.epicLink,
        values.epicKey === null ? null : from,
        epicKey === null ? null : to,
      ),
    )
  }
  return items
}

/** The value of the Epic Link field that stands beside a parent: its key when it is an epic. */
export function epicKeyOf(site: RunningSite, parent: StoredIssue | null): string | null {
  if (parent === null) return null
  return site.catalogue.issueType(parent.values.typeId).hierarchyLevel > 0 ? parent.values.key : null
}

/** As Jira's simplified workflow does it: entering done resolves, leaving it unresolves, unless told otherwise. */
export function resolutionAfter(
  site: RunningSite,
  values: IssueValues,
  transition: Transition,
): string | null {
  if (transition.resolutionId !== undefined) return transition.resolutionId
  if (site.catalogue.status(transition.statusId).category !== 'done') return null
  return values.resolutionId ?? site.history.resolutions[0]?.id ?? null
}

/** The changelog Cloud sends with a creation, where the status is spelt with a capital. REST does not list it. */
export function bornWith(site: RunningSite, issue: StoredIssue): ChangelogItem[] {
  const { values } = issue
  return [
    {
      field: 'priority',
      fieldtype: 'jira',
      fieldId: 'priority',
      from: null,
      fromString: null,
      to: values.priorityId,
      toString: site.catalogue.priority(values.priorityId).name,
    },
    { ...item.statusItem(null, site.catalogue.status(values.statusId)), field: 'Status' },
    { ...item.summaryItem('', values.summary), fromString: null },
  ]
}

export function subtasksOf(site: RunningSite, parent: StoredIssue): StoredIssue[] {
  const children: StoredIssue[] = []
  for (const slot of site.shelf.slotsBy('created')) {
    const issue = site.shelf.at(slot)
    if (issue.values.parentId !== parent.id) continue
    if (site.catalogue.issueType(issue.values.typeId).hierarchyLevel < 0) children.push(issue)
  }
  return children
}
