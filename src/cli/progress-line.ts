const PLAIN_INTERVAL_MS = 2_000

export interface ProgressLine {
  show(text: string): void
  end(): void
}

/** Progress in place on a terminal; in a file or a pipe, a line every two seconds. */
export function createProgressLine(output: NodeJS.WriteStream = process.stdout): ProgressLine {
  let shown = ''
  let lastPlainAt = Number.NEGATIVE_INFINITY
  return {
    show(text) {
      shown = text
      if (output.isTTY) {
        output.write(`\r\u001b[2K${text}`)
      } else if (performance.now() - lastPlainAt >= PLAIN_INTERVAL_MS) {
        lastPlainAt = performance.now()
        output.write(`${text}\n`)
      }
    },
    end() {
      if (output.isTTY && shown !== '') output.write('\n')
      else if (shown !== '') output.write(`${shown}\n`)
    },
  }
}
