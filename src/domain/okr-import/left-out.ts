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
    lines.flatMap(({ row, hangsOn }) => hangsOn.map(({ on, name }) => ({ line: row.line, on, name }))),
    ({ on }) => (typeof on === 'number' ? on : lineOf.get(on)),
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

/**
 * Says of lines that hang on another what is wrong with them after all, where nothing is wrong with that one: no line
 * goes without a goal and without a word.
 */
export function tellUnexplained(lines: readonly DraftLine[]): void {
  const waiting = lines.filter(({ explained, problems }) => explained.length > 0 && problems.length === 0)
  if (waiting.length === 0) return
  const broken = new Set(lines.filter(({ problems }) => problems.length > 0).map(({ row }) => row.line))
  const hanging = hangingOn(lines, broken)
  const unexplained = waiting.filter(({ row }) => !hanging.has(row.line))
  for (const { problems, explained } of unexplained) problems.push(...explained)
}

export function isLeftOut(name: string, line: number): string {
  return `${name} is on line ${line}, which is left out.`
}
