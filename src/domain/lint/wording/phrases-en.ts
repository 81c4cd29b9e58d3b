import type { Due, Phrases } from './wording.ts'

function byWhen(due: Due): string {
  switch (due.kind) {
    case 'quarter':
      return 'by the end of the quarter'
    case 'half':
      return 'by the end of the half-year'
    case 'year':
      return 'by the end of the year'
    case 'cycle':
      return 'by the end of the cycle'
    case 'day':
      return `by ${due.day}`
    case 'none':
      return 'by [day]'
  }
}

const NOW = '[today’s value]'
const GOAL = '[target]'
const VERBS = { up: 'Raise', down: 'Lower', unknown: 'Bring' } as const

export const PHRASES_EN: Phrases = {
  change: ({ metric, from, to, direction, due }) =>
    `${VERBS[direction]} ${metric ?? '[metric]'} from ${from ?? NOW} to ${to ?? GOAL} ${byWhen(due)}`,
  keep: ({ metric, band, period, due }) =>
    `Keep ${metric ?? '[metric]'} ${band.replace(' & ', ' and ')} in every ${period} ${byWhen(due)}`,
  initiative: (title, result) => `Make “${title}” an initiative of the result it should bring: “${result}”`,
  ladder: (title, result) =>
    `Say what it brings: “${result}”; or measure “${title}” by milestones, each with the percent reached by it`,
  startingAt: (title) => `${title} (today: ${NOW})`,
  now: NOW,
  goal: GOAL,
  apart: (results) => `Make each of them a key result: ${results.map((text) => `“${text}”`).join(' and ')}`,
  owner: 'Name one person: owner: [name]',
  dueDay: 'Say by when: dueDay: [YYYY-MM-DD], or give it a cycle',
  merge: (other) => `Keep one of the two, or say here what ${other} does not cover`,
  shorten: 'Keep metric, start, target and day in the title; move the rest to the description',
  words: 'Say in the objective what is better for whom, and move the number into a key result',
  fewer: (most) => `Keep the ${most} that say most; make the others initiatives, or KPIs to watch`,
  another: 'Add a key result that guards what this one could cost, such as quality or satisfaction',
  outcome: 'Replace at least one by what the work brings: [metric] from [today’s value] to [target]',
  reverse: (objective) =>
    `Imagine all numbers reached and “${objective}” still not true: what is missing is a key result`,
  reverseEach:
    'Imagine all its numbers reached and the objective still not true: what is missing is a key result',
}
