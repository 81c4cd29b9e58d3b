import type { Hit, KeyResultRead } from '../hit.ts'
import * as chinese from '../words/chinese.ts'
import * as english from '../words/english.ts'

/** Done or not done: nobody sees it coming, and nothing can be said on the way. */
export function binaryKeyResult({ title, numbers }: KeyResultRead): Hit | null {
  if (numbers.isBinary) return { rule: 'binary-key-result' }
  if (numbers.hasTarget || title.targets.length > 0 || title.hasBaseline) return null
  const isYesOrNo =
    english.BINARY.some((pattern) => pattern.test(title.core)) ||
    chinese.BINARY.some((pattern) => pattern.test(title.core))
  return isYesOrNo ? { rule: 'binary-key-result' } : null
}
