import secureJson from 'secure-json-parse'
import { storableText } from './text.ts'

export type JsonReading =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'unreadable'; readonly reason: string }

/** Jira's payloads nest about ten levels; `JSON.parse` survives 200,000, what walks the result afterwards does not. */
const MAX_DEPTH = 100

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENERS = new Set([0x5b, 0x7b])
const CLOSERS = new Set([0x5d, 0x7d])

/** Parses bytes that may hold anything. Keys that would reach a prototype are left out. */
export function readJson(bytes: Uint8Array): JsonReading {
  if (bytes.length === 0) return { kind: 'unreadable', reason: 'the body is empty' }
  const depth = nestingDepth(bytes)
  if (depth > MAX_DEPTH) {
    return {
      kind: 'unreadable',
      reason: `the JSON nests ${depth} levels deep; at most ${MAX_DEPTH} are read`,
    }
  }
  const text = new TextDecoder('utf-8').decode(bytes)
  try {
    return {
      kind: 'json',
      value: secureJson.parse(text, null, { protoAction: 'remove', constructorAction: 'remove' }),
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // The message quotes the body, which may hold what the record cannot.
    return { kind: 'unreadable', reason: `the body is not JSON: ${storableText(message.slice(0, 120))}` }
  }
}

/** The deepest nesting of arrays and objects, counted without parsing. */
function nestingDepth(bytes: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!
    if (inString) {
      if (byte === BACKSLASH) index++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (OPENERS.has(byte)) deepest = Math.max(deepest, ++depth)
    else if (CLOSERS.has(byte)) depth--
  }
  return deepest
}
