/**
 * The text of a file, or why it is none: another encoding would turn titles into other titles, so that none is guessed.
 * A byte order mark is left out.
 */
export function utf8Text(
  bytes: Uint8Array,
): { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly why: string } {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { kind: 'unreadable', why: 'is not UTF-8; save it as UTF-8, without changing anything else' }
  }
}
