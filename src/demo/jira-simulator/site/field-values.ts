import type { ChangelogItem, FieldDefinition, FieldIds, IssueValues, StoredIssue } from './jira-history.ts'

/** What is needed to read changelog items back into values. */
export interface FieldMeaning {
  readonly fieldIds: FieldIds
  readonly fields: readonly FieldDefinition[]
}

type Direction = 'undo' | 'redo'

/**
 * The issue at creation and right after each of its histories: one entry more than there are histories, the last is
 * today's values. Works backwards from today, so that what no changelog mentions stays as it is.
 */
export function valuesOverTime(issue: StoredIssue, meaning: FieldMeaning): IssueValues[] {
  const states = [issue.values]
  for (let index = issue.histories.length - 1; index >= 0; index--) {
    const before = issue.histories[index]!.items.reduceRight(
      (values, item) => withItem(values, item, 'undo', meaning),
      states[0]!,
    )
    states.unshift({ ...before, resolvedAt: resolutionInstant(issue, index, before) })
  }
  return states
}

/** The values once all of an issue's histories have been applied to what it was born with. */
export function valuesAfter(
  born: IssueValues,
  issue: Pick<StoredIssue, 'createdAt' | 'histories'>,
  meaning: FieldMeaning,
): IssueValues {
  const values = issue.histories
    .flatMap((history) => history.items)
    .reduce((state, item) => withItem(state, item, 'redo', meaning), born)
  return { ...values, resolvedAt: resolutionInstant(issue, issue.histories.length, values) }
}

/** When the resolution an issue has after `count` of its histories was set. */
function resolutionInstant(
  issue: Pick<StoredIssue, 'createdAt' | 'histories'>,
  count: number,
  values: IssueValues,
): number | null {
  if (values.resolutionId === null) return null
  const setting = issue.histories
    .slice(0, count)
    .findLast(({ items }) => items.some((item) => item.fieldId === 'resolution' && item.to !== null))
  return setting?.at ?? issue.createdAt
}

function withItem(
  values: IssueValues,
  item: ChangelogItem,
  direction: Direction,
  meaning: FieldMeaning,
): IssueValues {
  const isUndo = direction === 'undo'
  const id = (isUndo ? item.from : item.to) || null
  const text = isUndo ? item.fromString : item.toString
  const field = item.fieldId ?? item.field
  switch (field) {
    case 'status':
      return { ...values, statusId: id ?? values.statusId }
    case 'resolution':
      return { ...values, resolutionId: id }
    case 'issuetype':
      return { ...values, typeId: id ?? values.typeId }
    case 'priority':
      return { ...values, priorityId: id ?? values.priorityId }
    case 'assignee':
      return { ...values, assigneeId: id }
    case 'labels':
      return { ...values, labels: words(text) }
    case 'summary':
      return { ...values, summary: text ?? '' }
    case 'project':
      return { ...values, projectId: id ?? values.projectId }
    case 'Key':
      return { ...values, key: text ?? values.key }
    case 'Parent':
    case 'IssueParentAssociation':
      return { ...values, parentId: id }
    case meaning.fieldIds.sprint:
      return { ...values, sprintIds: sprintIdsOf(id) }
    case meaning.fieldIds.epicLink:
      return { ...values, epicKey: text || null }
  }
  const value = otherValue(values.more[field], field, item, direction, meaning)
  return value === undefined ? values : { ...values, more: { ...values.more, [field]: value } }
}

/** The value of a field outside the core after an item; undefined for items that change no field (links, rank …). */
function otherValue(
  current: unknown,
  field: string,
  item: ChangelogItem,
  direction: Direction,
  { fields }: FieldMeaning,
): unknown {
  const [gone, come] = direction === 'undo' ? (['to', 'from'] as const) : (['from', 'to'] as const)
  const text = (come === 'from' ? item.fromString : item.toString) || null
  switch (field) {
    case 'description':
    case 'environment':
      return text
    case 'duedate':
      return item[come] || null
    case 'timeestimate':
    case 'timeoriginalestimate':
    case 'timespent':
      return item[come] === null ? null : Number(item[come])
    case 'fixVersions':
    case 'versions':
    case 'components':
      return withListEntry(current, item[gone], item[come], text)
  }
  if (!field.startsWith('customfield_') || item.field === 'Rank') return undefined
  return customValue(schemaOf(fields, field), item[come] || null, text)
}

function withListEntry(current: unknown, goneId: string | null, comeId: string | null, name: string | null) {
  const kept = (Array.isArray(current) ? (current as { id?: string }[]) : []).filter(
    (entry) => entry.id !== goneId && entry.id !== comeId,
  )
  return comeId === null ? kept : [...kept, { id: comeId, name: name ?? '' }]
}

function customValue({ type, items }: Schema, id: string | null, text: string | null): unknown {
  if (id === null && text === null) return null
  if (type === 'number') return Number(text ?? id)
  if (type === 'option') return { id: id ?? '', value: text ?? '' }
  if (type === 'array' && items === 'option') return checked(id, text)
  if (type === 'array') return words(text)
  return id ?? text
}

function checked(ids: string | null, values: string | null): { id: string; value: string }[] {
  const texts = (values ?? '').split(',')
  return (ids ?? '')
    .replace(/^\[|\]$/g, '')
    .split(', ')
    .map((id, index) => ({ id, value: texts[index] ?? '' }))
}

interface Schema {
  readonly type?: string
  readonly items?: string
}

function schemaOf(fields: readonly FieldDefinition[], fieldId: string): Schema {
  return (
    (fields.find((field) => field.id === fieldId)?.json.schema as Schema | undefined) ?? { type: 'string' }
  )
}

function words(text: string | null): string[] {
  return (text ?? '').split(' ').filter((word) => word !== '')
}

function sprintIdsOf(list: string | null): number[] {
  return (list ?? '')
    .split(', ')
    .filter((id) => id !== '')
    .map(Number)
}
