import { z } from 'zod'
import type { SprintId } from '../../domain/ids.ts'
import type { ChangedField, FieldChange, IssueChange } from '../../domain/mirror/issue.ts'
import type { CustomField, SiteFields } from '../../domain/site.ts'
import type { EpochMs } from '../../domain/time.ts'
import { ownValue, readNumber, readPoints, textValues } from './issue.ts'
import { namesOfBeingBlocked } from './links.ts'
import { jiraEpochMs, jiraId, jiraInstant, jiraNumericId, lenient, storableText } from './text.ts'

/** A page entry of a changelog in REST; webhooks send the same `{id, items}` without `created`. */
export const jiraHistory = z.looseObject({
  id: jiraId,
  created: z.union([jiraInstant, jiraEpochMs]),
  items: lenient(z.array(z.unknown())),
})

/** A webhook's `changelog`. */
export const jiraChangelog = z.looseObject({ id: jiraId, items: lenient(z.array(z.unknown())) })

/** One item, read by own properties: `toString` collides with `Object.prototype` when it is missing. */
interface Item {
  readonly field: string
  readonly fieldId: string | null
  /** Where Jira sends no `fieldId`, this alone tells its own `status` from a custom field of that name. */
  readonly isCustom: boolean
  readonly from: string | null
  readonly to: string | null
  readonly fromText: string | null
  readonly toText: string | null
}

/**
 * The changes of one changelog entry that Throughline tracks, at most one per field; others (rank, description,
 * workflow …) are left out. Fields are told by `fieldId`, by their untranslated system name where Jira sends none
 * (Server, Key, Parent), and a custom field by name only where its id is missing.
 */
export function readChanges(
  changeId: string,
  at: EpochMs,
  items: readonly unknown[],
  fields: SiteFields,
): IssueChange[] {
  const changes = new Map<ChangedField, FieldChange>()
  for (const item of itemsInOrder(items, fields)) {
    for (const change of [fieldChange(item, fields), numberChange(item, fields)]) {
      if (change === null) continue
      const other = changes.get(change.field)
      changes.set(change.field, other === undefined ? change : merged(other, change))
    }
  }
  return [...changes.values()].map((change) => ({ ...change, changeId, at }))
}

/** Items of several point fields in the site's order of preference; all others as they come. */
function itemsInOrder(items: readonly unknown[], { points }: SiteFields): Item[] {
  const preference = (item: Item) => points.findIndex((field) => isField(item, field))
  return items
    .map(readItem)
    .filter((item) => item !== null)
    .sort((a, b) => preference(a) - preference(b))
}

/**
 * Two items of one history about one thing: a story that becomes a sub-task leaves its epic in `Epic Link` and enters
 * its story in `Parent`. Each side is the first of them that says something.
 */
function merged(first: FieldChange, second: FieldChange): FieldChange {
  return { ...first, from: first.from ?? second.from, to: first.to ?? second.to } as FieldChange
}

function fieldChange(item: Item, fields: SiteFields): FieldChange | null {
  switch (item.fieldId ?? (item.isCustom ? '' : item.field)) {
    case 'status':
      return { field: 'status', from: item.from, to: item.to }
    case 'resolution':
      return {
        field: 'resolution',
        from: resolution(item.from, item.fromText),
        to: resolution(item.to, item.toText),
      }
    case 'labels':
      return { field: 'labels', from: words(item.fromText), to: words(item.toText) }
    case 'assignee':
      return { field: 'assignee', from: item.from, to: item.to }
    case 'Key':
      return { field: 'key', from: item.fromText, to: item.toText }
    case 'project':
      return { field: 'project', from: item.from, to: item.to }
    case 'Parent':
    case 'parent':
    case 'IssueParentAssociation':
      return { field: 'parent', from: item.from, to: item.to }
    case 'Link':
    case 'issuelinks':
      return blockerChange(item, fields)
  }
  if (isKnownAs(item, fields.epicLink, 'Epic Link')) {
    return { field: 'parent', from: item.from, to: item.to }
  }
  if (isKnownAs(item, fields.sprint, 'Sprint')) {
    return { field: 'sprint', from: sprintIds(item.from), to: sprintIds(item.to) }
  }
  if (fields.points.some((field) => isField(item, field))) {
    // Story points carry their numbers in the strings only: `from` and `to` are null.
    return { field: 'points', from: readPoints(item.fromText), to: readPoints(item.toText) }
  }
  if (isField(item, fields.flag)) {
    return { field: 'flag', from: isSet(item.fromText), to: isSet(item.toText) }
  }
  if (isField(item, fields.keyResult)) {
    return { field: 'keyResultField', from: textValues(item.fromText), to: textValues(item.toText) }
  }
  return null
}

/**
 * A link made or removed: the other issue's key, and a sentence in the language of whoever did it. The sentence holds
 * what the type of link is called from this side, which is the same in every language, beside the key. Links of other
 * types, and those by which this issue blocks another, say nothing of it.
 */
function blockerChange(item: Item, fields: SiteFields): FieldChange | null {
  const isMade = item.to !== null
  const key = item.to ?? item.from
  const sentence = isMade ? item.toText : item.fromText
  if (key === null || sentence === null) return null
  const isBlocked = namesOfBeingBlocked(fields).some((name) => saysOf(sentence, name, key.toLowerCase()))
  return isBlocked ? { field: `blocker:${key}`, from: !isMade, to: isMade } : null
}

/** `This issue is blocked by WEB-5`, or the other way round; a name that goes on before the key is another's. */
function saysOf(sentence: string, name: string, key: string): boolean {
  const text = ` ${sentence
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[ .。]+$/, '')} `
  return text.endsWith(` ${name} ${key} `) || text.includes(` ${key} ${name} `)
}

/** Beside what else the field means: a key result may sum the field that others take their points from. */
function numberChange(item: Item, { numbers }: SiteFields): FieldChange | null {
  if (item.fieldId === null && !item.isCustom) return null
  const field = numbers.find((candidate) => isField(item, candidate))
  if (field === undefined || !isNumberFieldId(field.id)) return null
  // Numeric fields too carry their numbers in the strings only.
  return { field: field.id, from: readNumber(item.fromText), to: readNumber(item.toText) }
}

/** While a site's field is not found yet, its name stands in. */
function isKnownAs(item: Item, field: CustomField | null, name: string): boolean {
  return field === null ? item.field === name : isField(item, field)
}

function isField(item: Item, field: CustomField | null): boolean {
  if (field === null) return false
  return item.fieldId === null ? item.field === field.name : item.fieldId === field.id
}

function readItem(raw: unknown): Item | null {
  if (raw === null || typeof raw !== 'object') return null
  const text = (key: string): string | null => {
    const value = ownValue(raw, key)
    if (typeof value === 'string') return storableText(value)
    return typeof value === 'number' ? String(value) : null
  }
  const field = text('field')
  if (field === null) return null
  const id = (key: string) => text(key) || null
  return {
    field,
    fieldId: text('fieldId'),
    isCustom: text('fieldtype') === 'custom',
    from: id('from'),
    to: id('to'),
    fromText: text('fromString'),
    toText: text('toString'),
  }
}

function isNumberFieldId(id: string): id is `customfield_${number}` {
  return /^customfield_\d+$/.test(id)
}

function isSet(text: string | null): boolean {
  return text !== null && text !== ''
}

function resolution(id: string | null, name: string | null) {
  return id === null ? null : { id, name: name ?? '' }
}

function words(text: string | null): string[] {
  return [...new Set((text ?? '').split(/\s+/).filter((word) => word !== ''))].sort()
}

/** All sprints before or after, comma and space between; none is an empty string. */
function sprintIds(list: string | null): SprintId[] {
  const ids = (list ?? '').split(',').map((id) => jiraNumericId.safeParse(id.trim()).data)
  return [...new Set(ids.filter((id) => id !== undefined))].sort((a, b) => a - b)
}
