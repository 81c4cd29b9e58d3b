import type { CommentBody, JsonObject } from './jira-history.ts'

/** A body as REST v3 shows it: text becomes one paragraph a line. */
export function bodyAsDocument(body: CommentBody): JsonObject {
  return body.kind === 'document' ? body.document : textAsDocument(body.text)
}

/** A body as webhooks and REST v2 show it: text. */
export function bodyAsText(body: CommentBody): string {
  return body.kind === 'text' ? body.text : documentText(body.document).trim()
}

/** An ADF document that says the text. ADF has no empty text nodes, so an empty line is an empty paragraph. */
export function textAsDocument(text: string): JsonObject {
  return {
    type: 'doc',
    version: 1,
    content: text.split('\n').map((line) => ({
      type: 'paragraph',
      content: line === '' ? [] : [{ type: 'text', text: line }],
    })),
  }
}

/** Whether a value could be an ADF document: what Jira checks first, and all this simulator checks. */
export function looksLikeDocument(value: unknown): value is JsonObject {
  if (value === null || typeof value !== 'object') return false
  const { type, version, content } = value as JsonObject
  return type === 'doc' && version === 1 && Array.isArray(content)
}

function documentText(node: unknown): string {
  if (node === null || typeof node !== 'object') return ''
  const { type, text, content } = node as { type?: unknown; text?: unknown; content?: unknown }
  if (typeof text === 'string') return text
  if (type === 'hardBreak') return '\n'
  const inner = Array.isArray(content) ? content.map(documentText).join('') : ''
  return type === 'paragraph' || type === 'heading' ? `${inner}\n` : inner
}
