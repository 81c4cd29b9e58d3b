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
    lines.filter(({ hangsOn }) => hangsOn !== null),
    ({ hangsOn }) => lineOf.get(hangsOn!.key),
  )
  const why = new Map<number, string>()
  const left = [...leftOut]
  for (const line of left) {
    for (const { row, hangsOn } of hanging.get(line) ?? []) {
      if (leftOut.has(row.line) || why.has(row.line)) continue
      why.set(row.line, isLeftOut(hangsOn!.name, line))
      left.push(row.line)
    }
  }
  return why
}

export function isLeftOut(name: string, line: number): string {
  return `${name} is on line ${line}, which is left out.`
}
