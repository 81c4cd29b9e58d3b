import type { StoredAuditEntry } from '../app/ports/feed.ts'
import { instantsAsText } from '../contracts/instants-as-text.ts'
import { differencesOf } from '../domain/audit/differences.ts'
import { plainText } from '../domain/writeback/plain-text.ts'
import { table } from './table.ts'

const LONGEST_VALUE = 48
const HEADER = ['when', 'who', 'what', 'of', 'property', 'before', 'after', 'why']

/** Entries of the audit log, a line for each property that differs. */
export function auditText(entries: readonly StoredAuditEntry[]): string {
  if (entries.length === 0) return 'Nothing was changed.'
  return table(HEADER, entries.flatMap(linesOf))
}

function linesOf(entry: StoredAuditEntry): string[][] {
  const { at, actor, by, action, subject, reason } = entry
  const changes = differencesOf(instantsAsText(entry.before), instantsAsText(entry.after)).map(
    ({ name, before, after }) => [name, valueText(before), valueText(after)],
  )
  const who = by === null ? actor : `${plainText(by, LONGEST_VALUE)} (${actor})`
  const head = [new Date(at).toISOString().slice(0, 19).replace('T', ' '), who, action, subject]
  const why = reason === null ? '' : plainText(reason, 500)
  const [first = ['', '', ''], ...others] = changes
  return [[...head, ...first, why], ...others.map((change) => ['', '', '', '', ...change, ''])]
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return '–'
  return plainText(typeof value === 'string' ? value : JSON.stringify(value), LONGEST_VALUE)
}
