import type { StoredAuditEntry } from '../app/ports/feed.ts'
import { instantsAsText } from '../contracts/instants-as-text.ts'
import { differencesOf } from '../domain/audit/differences.ts'
import { plainText, singleLine } from '../domain/writeback/plain-text.ts'
import { table } from './table.ts'

const LONGEST_VALUE = 48
/** What stays visible before the first difference of two long values. */
const SHOWN_BEFORE = 12
const HEADER = ['when', 'who', 'what', 'of', 'property', 'before', 'after', 'why']

/** Entries of the audit log, a line for each property that differs. */
export function auditText(entries: readonly StoredAuditEntry[]): string {
  if (entries.length === 0) return 'Nothing was changed.'
  return table(HEADER, entries.flatMap(linesOf))
}

function linesOf(entry: StoredAuditEntry): string[][] {
  const { at, actor, by, action, subject, reason } = entry
  const changes = differencesOf(instantsAsText(entry.before), instantsAsText(entry.after)).map(
    ({ name, before, after }) => [name, ...shownValues(before, after)],
  )
  const who = by === null ? actor : `${plainText(by, LONGEST_VALUE)} (${actor})`
  const head = [new Date(at).toISOString().slice(0, 19).replace('T', ' '), who, action, subject]
  const why = reason === null ? '' : plainText(reason, 500)
  const [first = ['', '', ''], ...others] = changes
  return [[...head, ...first, why], ...others.map((change) => ['', '', '', '', ...change, ''])]
}

/** Both values, so that what differs is seen: of long ones the same beginning is left out. */
function shownValues(before: unknown, after: unknown): [string, string] {
  const [was, is] = [valueText(before), valueText(after)]
  const isLong = [was, is].some((text) => Array.from(text).length > LONGEST_VALUE)
  const skipped = isLong ? sameBeginning(was, is) - SHOWN_BEFORE : 0
  return [shownFrom(was, skipped), shownFrom(is, skipped)]
}

function shownFrom(text: string, skipped: number): string {
  if (skipped <= 1) return plainText(text, LONGEST_VALUE)
  return `…${plainText(Array.from(text).slice(skipped).join(''), LONGEST_VALUE - 1)}`
}

/** How many characters two texts begin with alike. */
function sameBeginning(one: string, other: string): number {
  const others = Array.from(other)
  const differs = Array.from(one).findIndex((character, index) => character !== others[index])
  return differs === -1 ? Array.from(one).length : differs
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return '–'
  return singleLine(typeof value === 'string' ? value : JSON.stringify(value)).trim()
}
