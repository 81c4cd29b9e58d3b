/** A line of a document that names something: a file, a command. */
export interface Mention {
  readonly text: string
  readonly line: number
}

/** Fenced blocks, line by line. */
export function codeLines(markdown: string): Mention[] {
  let isCode = false
  return markdown.split('\n').flatMap((text, index) => {
    const isFence = /^\s*(```|~~~)/.test(text)
    if (isFence) isCode = !isCode
    return isCode && !isFence ? [{ text: text.trim(), line: index + 1 }] : []
  })
}

/** Code inside sentences and tables. */
export function codeSpans(markdown: string): Mention[] {
  return proseLines(markdown).flatMap(({ text, line }) =>
    [...text.matchAll(/`([^`]+)`/g)].map(([, span]) => ({ text: span!, line })),
  )
}

/** Targets of links and pictures that lie in this repository. */
export function relativeLinks(markdown: string): Mention[] {
  return proseLines(markdown).flatMap(({ text, line }) =>
    [...text.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => ({ text: target!, line }))
      .filter((link) => !/^[a-z]+:/.test(link.text)),
  )
}

/** What a heading is reached by: lower case, dashes for spaces, no punctuation. */
export function anchorsOf(markdown: string): string[] {
  return proseLines(markdown).flatMap(({ text }) => {
    const heading = /^#+ (.+)$/.exec(text)?.[1]
    if (heading === undefined) return []
    return [
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ]
  })
}

/** A span that is broken over two lines is one: `npx` at the end of a line and its command on the next. */
function proseLines(markdown: string): Mention[] {
  let isCode = false
  const lines: Mention[] = []
  for (const [index, text] of markdown.split('\n').entries()) {
    const isFence = /^\s*(```|~~~)/.test(text)
    if (isFence) isCode = !isCode
    const last = lines.at(-1)
    if (isCode || isFence) lines.push({ text: '', line: index + 1 })
    else if (last !== undefined && isOpen(last.text)) {
      lines[lines.length - 1] = { text: `${last.text} ${text.trim()}`, line: last.line }
    } else lines.push({ text, line: index + 1 })
  }
  return lines
}

function isOpen(text: string): boolean {
  return (text.match(/`/g)?.length ?? 0) % 2 === 1
}
