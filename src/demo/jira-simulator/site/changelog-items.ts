import type {
  CatalogueEntry,
  ChangelogItem,
  FieldDefinition,
  JiraUser,
  StoredSprint,
} from './jira-history.ts'

/** The items Jira's changelog gets for a change, one builder per field, in Jira's own shapes and quirks. */

export function statusItem(from: CatalogueEntry | null, to: CatalogueEntry): ChangelogItem {
  return catalogueItem('status', from, to)
}

export function resolutionItem(from: CatalogueEntry | null, to: CatalogueEntry | null): ChangelogItem {
  return catalogueItem('resolution', from, to)
}

export function projectItem(from: CatalogueEntry, to: CatalogueEntry): ChangelogItem {
  return catalogueItem('project', from, to)
}

/** Names are those of the moment: a later rename of the sprint does not touch them. */
export function sprintItem(
  fieldId: string,
  from: readonly StoredSprint[],
  to: readonly StoredSprint[],
): ChangelogItem {
  const ids = (sprints: readonly StoredSprint[]) => sprints.map((sprint) => sprint.id).join(', ')
  const names = (sprints: readonly StoredSprint[]) => sprints.map((sprint) => sprint.name).join(', ')
  return {
    field: 'Sprint',
    fieldtype: 'custom',
    fieldId,
    from: ids(from),
    fromString: names(from),
    to: ids(to),
    toString: names(to),
  }
}

/** Labels are joined by spaces, in the strings alone. */
export function labelsItem(from: readonly string[], to: readonly string[]): ChangelogItem {
  return {
    field: 'labels',
    fieldtype: 'jira',
    fieldId: 'labels',
    from: '',
    fromString: from.join(' '),
    to: '',
    toString: to.join(' '),
  }
}

export function summaryItem(from: string, to: string): ChangelogItem {
  return textItem({ field: 'summary', fieldtype: 'jira', fieldId: 'summary' }, from, to)
}

export function assigneeItem(from: JiraUser | null, to: JiraUser | null): ChangelogItem {
  return {
    field: 'assignee',
    fieldtype: 'jira',
    fieldId: 'assignee',
    from: from?.accountId ?? null,
    fromString: from?.displayName ?? null,
    to: to?.accountId ?? null,
    toString: to?.displayName ?? null,
  }
}

/**
 * Numbers and texts carry their value in the strings alone, lists of labels too; options name their id as well, and
 * checkboxes the list of their ids in brackets.
 */
export function customFieldItem(field: FieldDefinition, from: unknown, to: unknown): ChangelogItem {
  return {
    ...textItem(
      { field: field.name, fieldtype: 'custom', fieldId: field.id },
      customText(from),
      customText(to),
    ),
    from: optionIds(from),
    to: optionIds(to),
  }
}

interface NamedIssue {
  readonly id: string
  readonly key: string
}

/** Modern Cloud records a new parent as this item, without a `fieldId`. */
export function parentItem(from: NamedIssue | null, to: NamedIssue | null): ChangelogItem {
  return {
    field: 'IssueParentAssociation',
    fieldtype: 'jira',
    from: from?.id ?? null,
    fromString: from?.key ?? null,
    to: to?.id ?? null,
    toString: to?.key ?? null,
  }
}

/** The classic field that stands beside the parent when that is an epic. */
export function epicLinkItem(fieldId: string, from: NamedIssue | null, to: NamedIssue | null): ChangelogItem {
  return { ...parentItem(from, to), field: 'Epic Link', fieldtype: 'custom', fieldId }
}

/** A link, told from one of its ends: the other's key, and a sentence. No `fieldId`. */
export function linkItem(key: string, says: string, change: 'made' | 'removed'): ChangelogItem {
  const isMade = change === 'made'
  const sentence = `This issue ${says} ${key}`
  return {
    field: 'Link',
    fieldtype: 'jira',
    from: isMade ? null : key,
    fromString: isMade ? null : sentence,
    to: isMade ? key : null,
    toString: isMade ? sentence : null,
  }
}

/** A move's change of key: no `fieldId`, and the keys in the strings alone. */
export function keyItem(from: string, to: string): ChangelogItem {
  return textItem({ field: 'Key', fieldtype: 'jira' }, from, to)
}

/** A move's change of workflow: no `fieldId`. */
export function workflowItem(from: CatalogueEntry, to: CatalogueEntry): ChangelogItem {
  const workflow = (project: CatalogueEntry) => `Software Simplified Workflow for Project ${project.name}`
  return {
    field: 'Workflow',
    fieldtype: 'jira',
    from: from.id,
    fromString: workflow(from),
    to: to.id,
    toString: workflow(to),
  }
}

function catalogueItem(field: string, from: CatalogueEntry | null, to: CatalogueEntry | null): ChangelogItem {
  return {
    field,
    fieldtype: 'jira',
    fieldId: field,
    from: from?.id ?? null,
    fromString: from?.name ?? null,
    to: to?.id ?? null,
    toString: to?.name ?? null,
  }
}

function textItem(
  field: Pick<ChangelogItem, 'field' | 'fieldtype' | 'fieldId'>,
  from: string | null,
  to: string | null,
): ChangelogItem {
  return { ...field, from: null, fromString: from, to: null, toString: to }
}

function customText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value))
    return value.map((entry: unknown) => customText(entry)).join(isOption(value[0]) ? ',' : ' ')
  if (isOption(value)) return value.value
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function optionIds(value: unknown): string | null {
  if (Array.isArray(value) && value.every(isOption)) {
    return value.length === 0 ? '' : `[${value.map(({ id }) => id).join(', ')}]`
  }
  return isOption(value) ? value.id : null
}

function isOption(value: unknown): value is { id: string; value: string } {
  return value !== null && typeof value === 'object' && 'value' in value
}
