const WIDTH = 112

/** Words in lines of bounded width: the first begins with `head`, the others are indented as far. */
export function wrapped(head: string, words: readonly string[], between: string): string[] {
  const lines: string[] = []
  let line = head
  for (const [index, word] of words.entries()) {
    const joined = index === 0 || line === '' ? `${line}${word}` : `${line}${between}${word}`
    if (index > 0 && joined.length > WIDTH) {
      lines.push(`${line}${between}`.trimEnd())
      line = `${' '.repeat(head.length)}${word}`
    } else {
      line = joined
    }
  }
  return [...lines, line]
}
