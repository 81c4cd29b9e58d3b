import type { DraftLine } from './drafts.ts'

/**
 * Lines that hang on lines which are left out, through as many others as there are between them, each with why. A goal
 * that is stored is there without its line: nothing hangs on that.
 */
export function hangingOn(
  lines: readonly DraftLine[],
  leftOut: ReadonlySet<number>,
): ReadonlyMap<number, string> {
  const lineOf = new Map(
    lines.flatMap(({ row, key }) => (key === null || row.type === 'check_in' ? [] : [[key, row.line]])),
  )
  const hanging = Map.groupBy(
    lines.flatMap(({ row, hangsOn }) => hangsOn.map(({ key, name }) => ({ line: row.line, key, name }))),
    ({ key }) => lineOf.get(key),
  )
  const why = new Map<number, string>()
  const left = [...leftOut]
  for (const line of left) {
    for (const hung of hanging.get(line) ?? []) {
      if (leftOut.has(hung.line) || why.has(hung.line)) continue
      why.set(hung.line, isLeftOut(hung.name, line))
      left.push(hung.line)
    }
  }
  return why
}

export function isLeftOut(name: string, line: number): string {
  return `${name} is on line ${line}, which is left out.`
}
