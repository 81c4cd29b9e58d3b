import { parseKeyResultKey, type KeyResultKey } from '../ids.ts'
import type { LinkRules } from '../links/link-rules.ts'

/** What stands between words, in any script; `:`, `/`, `-`, `_` and `.` are parts of labels. */
const BETWEEN_WORDS = /[^\p{L}\p{N}:/_.-]+/u

/** A dot or a colon at the edge ends a sentence, and belongs to no label. */
const EDGES = /^[:/_.-]+|[:/_.-]+$/g

/** As long as a label may be. Trimming longer words would take time quadratic in their length. */
const LONGEST_WORD = 255

/** Chinese and Japanese write a key without spaces around it. */
const WITHIN_TEXT = /(?<![A-Za-z0-9_-])KR-[1-9][0-9]{0,8}(?![A-Za-z0-9_-])/gi

/**
 * The key results a sprint's goal names, in the order they are named, each once: as a label of the site would name
 * them (`KR-12`, `kr:12`), or by their key anywhere in the text. They need not exist. Naming links the sprint to a key
 * result, not its issues.
 */
export function keyResultsNamedIn(goal: string, rules: LinkRules): KeyResultKey[] {
  const named = new Map<KeyResultKey, number>()
  const name = (keyResult: KeyResultKey | null, at: number) => {
    if (keyResult !== null) named.set(keyResult, Math.min(at, named.get(keyResult) ?? at))
  }
  let searchFrom = 0
  for (const word of goal.split(BETWEEN_WORDS)) {
    const at = goal.indexOf(word, searchFrom)
    searchFrom = at + word.length
    if (word.length > LONGEST_WORD) continue
    name(rules.keyResultOfLabel(word) ?? rules.keyResultOfLabel(word.replaceAll(EDGES, '')), at)
  }
  for (const match of goal.matchAll(WITHIN_TEXT)) name(parseKeyResultKey(match[0]), match.index)
  return [...named].sort(([, a], [, b]) => a - b).map(([keyResult]) => keyResult)
}
