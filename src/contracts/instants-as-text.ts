/** Properties that are instants though their names do not end in `At`. */
const INSTANTS: ReadonlySet<string> = new Set(['at', 'asOf', 'since', 'until', 'levelSince'])

/** Stored data as it leaves: its instants, however deep they lie, as ISO 8601. */
export function instantsAsText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(instantsAsText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, own]) => [
      name,
      isInstant(name, own) ? new Date(own).toISOString() : instantsAsText(own),
    ]),
  )
}

function isInstant(name: string, value: unknown): value is number {
  return Number.isInteger(value) && (name.endsWith('At') || INSTANTS.has(name))
}
