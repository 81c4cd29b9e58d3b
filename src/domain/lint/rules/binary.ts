import type { Amount } from '../amounts.ts'
import type { Hit, KeyResultRead } from '../hit.ts'
import type { Reading } from '../reading.ts'
import * as chinese from '../words/chinese.ts'
import * as english from '../words/english.ts'

/** Done or not done: nobody sees it coming, and nothing can be said on the way. */
export function binaryKeyResult({ title, numbers }: KeyResultRead): Hit | null {
  if (numbers.isBinary) return { rule: 'binary-key-result' }
  if (numbers.hasTarget || title.hasBaseline || !title.targets.every((amount) => isOne(title, amount)))
    return null
  const isYesOrNo =
    english.BINARY.some((pattern) => pattern.test(title.core)) ||
    chinese.BINARY.some((pattern) => pattern.test(title.core))
  return isYesOrNo ? { rule: 'binary-key-result' } : null
}

/** One of a thing is there or is not. */
function isOne({ normal }: Reading, { kind, start, end }: Amount): boolean {
  return kind === 'count' && /^(?:1|one)$/.test(normal.slice(start, end).trim())
}
