import type { Hint } from './hints.ts'
import { countText, listText } from './markdown-text.ts'

/** A hint as a person reads it. */
export function hintSentence(hint: Hint): string {
  switch (hint.kind) {
    case 'reached_early':
      return `It was reached for good when ${Math.round(hint.timeShare * 100)} % of the time had passed: there was room for more.`
    case 'never_moved':
      return 'It never moved. Was it worked on, and does its measure show the work?'
    case 'target_lowered':
      return `Its target was made easier ${hint.times === 1 ? 'once' : countText(hint.times, 'time')} while the cycle ran.`
    case 'all_reached_early':
      return `All of its key results (${listText(hint.keyResults)}) were reached early: aim higher next time.`
    case 'sandbagging': {
      const whose =
        hint.team === null ? 'This aspirational objective' : `The aspirational objectives of ${hint.team}`
      const verb = hint.team === null ? 'was' : 'were'
      return `${whose} ${verb} graded above 0.9 in ${hint.cycles.length} cycles in a row (${listText(hint.cycles)}): an aspiration that is always reached is a commitment. Set the bar higher.`
    }
  }
}
