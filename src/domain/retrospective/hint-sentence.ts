import type { Hint } from './hints.ts'
import { listText, timesText } from './markdown-text.ts'

/** A hint as a person reads it. */
export function hintSentence(hint: Hint): string {
  switch (hint.kind) {
    case 'reached_early':
      return `It was reached for good when ${Math.round(hint.timeShare * 100)} % of the time had passed: there was room for more.`
    case 'never_moved':
      return 'It never moved. Was it worked on, and does its measure show the work?'
    case 'made_easier':
      return `It was made easier ${timesText(hint.times)} while the cycle ran.`
    case 'all_reached_early':
      return hint.keyResults.length === 1
        ? `Its only key result (${listText(hint.keyResults)}) was reached early: aim higher next time.`
        : `All of its key results (${listText(hint.keyResults)}) were reached early: aim higher next time.`
    case 'sandbagging':
      return `${whose(hint)} graded above 0.9 in ${rowText(hint)}: an aspiration that is always reached is a commitment. Aim higher.`
    case 'too_ambitious':
      return `${whose(hint)} graded below 0.4 in ${rowText(hint)}: an aspiration that is never near moves nobody. Aim at what would be a stretch and could be done, or give it more room.`
  }
}

type RowHint = Extract<Hint, { readonly cycles: unknown }>

function whose({ team }: RowHint): string {
  return team === null
    ? 'This aspirational objective was'
    : `The aspirational objectives of team ${team} were`
}

function rowText({ cycles }: RowHint): string {
  return `${cycles.length} cycles in a row (${listText(cycles)})`
}
