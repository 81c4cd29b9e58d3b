import { amountWords, unitWords, type Counted } from './amount-words.ts'
import { amountText } from './markdown-text.ts'
import type { GoalMove } from './moves.ts'
import { ruleSentence } from './rule-sentence.ts'
import type { Writing } from './writing.ts'

/** What changed of a goal, as a person reads it. */
export function moveSentence(move: GoalMove, keyResult: Counted, writing: Writing): string {
  const late = move.isLate ? ' This came after the end of the cycle: it is graded as it was before.' : ''
  const easier = 'isEasier' in move && move.isEasier ? ', which is easier' : ''
  switch (move.kind) {
    case 'target_moved':
      return `The target moved ${targets(move, keyResult, writing)}${easier}.${late}`
    case 'baseline_moved':
      return `The baseline moved ${span(move.before, move.after, keyResult, writing)}${easier}.${late}`
    case 'weight_moved':
      return `Its weight went from ${amountText(move.before)} to ${amountText(move.after)}.${late}`
    case 'due_date_moved': {
      if (move.before === null || move.after === null) return `The due day was moved.${late}`
      const direction = move.after > move.before ? 'back' : 'forward'
      return `The due day was moved ${direction} from ${writing.day(move.before)} to ${writing.day(move.after)}.${late}`
    }
    case 'rule_changed':
      return `${ruleSentence(move.before, move.after, writing)}${easier}.${late}`
    case 'archived':
      return 'It was archived after the end of the cycle: it is graded all the same.'
  }
}

function targets(
  { before, after }: { readonly before: number | null; readonly after: number | null },
  keyResult: Counted,
  writing: Writing,
): string {
  if (before !== null && after !== null) return span(before, after, keyResult, writing)
  const words = (target: number | null) =>
    target === null ? 'all linked work' : amountWords(keyResult, target, writing.text)
  return `from ${words(before)} to ${words(after)}`
}

/** `from 9 to 11 %` */
function span(before: number, after: number, keyResult: Counted, writing: Writing): string {
  const shown = keyResult.measure === 'range' ? 100 : 1
  const unit = unitWords(keyResult, after * shown, writing.text)
  return `from ${amountText(before * shown)} to ${amountText(after * shown)}${unit}`
}
