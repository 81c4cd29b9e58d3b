/** Columns in plain text. Wide characters (Chinese, Japanese, Korean) take two cells in a terminal. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => cells(row[column] ?? ''))))
  const line = (row: readonly string[]) =>
    row
      .map((text, column) =>
        isNumber(text) ? pad(text, widths[column]!, 'start') : pad(text, widths[column]!, 'end'),
      )
      .join('  ')
      .trimEnd()
  return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

function isNumber(text: string): boolean {
  return /^[-+]?[\d.,]+ ?%?$/.test(text)
}

function pad(text: string, width: number, side: 'start' | 'end'): string {
  const space = ' '.repeat(Math.max(0, width - cells(text)))
  return side === 'start' ? space + text : text + space
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff00-\uff60\u3000-\u303f]/u

function cells(text: string): number {
  let width = 0
  for (const char of text) width += WIDE.test(char) ? 2 : 1
  return width
}
