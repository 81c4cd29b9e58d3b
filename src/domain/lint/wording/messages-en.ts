import type { Messages } from './wording.ts'

const quoted = (words: string | undefined) => `“${words ?? ''}”`

export const MESSAGES_EN: Messages = {
  'no-number': () => 'There is no number, so nobody can tell how far it is or when it is reached.',
  'vague-verb': ({ words }, told) =>
    told === 'objective'
      ? `${quoted(words)} says a direction, and nothing else. An objective says what is better then, and for whom.`
      : `${quoted(words)} says a direction, but neither of what number nor how far.`,
  activity: ({ words }, told) =>
    told === 'objective'
      ? `${quoted(words)} is work to be done: it can all be done and nothing be better for it. An objective says what is better then.`
      : `${quoted(words)} is work to be done, not what it brings: it can all be done and nothing be better for it.`,
  'binary-key-result': () => 'It is done or not done: there is no progress to see before the last day.',
  'baseline-missing': ({ words }) =>
    `It ends at ${words ?? ''}, but does not say where it starts: how far that is stays open.`,
  'target-missing': ({ words }) =>
    words === undefined
      ? 'It says where it starts, but not where it should end.'
      : `${quoted(words)} stands in place of a number that is still to be found.`,
  'several-results-in-one': () =>
    'Two results in one: the first may be reached without the second, and one number cannot tell of both.',
  'no-owner': ({ count }, told) =>
    told === 'set'
      ? `None of the ${count ?? 0} objectives names anybody who answers for it.`
      : told === 'objective'
        ? 'Nobody is named who answers for this objective.'
        : 'Nobody is named who answers for this key result.',
  'no-due-date': ({ count }, told) =>
    told === 'set'
      ? `None of the ${count ?? 0} objectives says by when, nor is in a cycle.`
      : 'Neither it nor its cycle says by when.',
  duplicate: ({ other }) =>
    `It says the same as ${other ?? ''}: its work and its progress would count twice.`,
  'too-long': ({ count }) => `It takes ${count ?? 0} columns; up to 160 are read at a glance.`,
  'objective-with-number': ({ words }) =>
    `${quoted(words)} is a number to measure by: an objective says what should become true, its key results by how much.`,
  'too-few-key-results': ({ count }, told) =>
    told === 'set'
      ? `None of the ${count ?? 0} objectives has two key results: nothing, or a single number, says whether it is reached.`
      : count === 0
        ? 'It has no key result: nothing says whether it is reached.'
        : 'It has one key result: a single number is easy to reach at the cost of what it does not see.',
  'too-many-key-results': ({ count }) =>
    `It has ${count ?? 0} key results; with more than 5 none of them is in focus.`,
  'all-key-results-are-output': ({ count }) =>
    `All ${count ?? 0} key results are work: every one may be done and the objective be no closer.`,
  'reverse-check': ({ count }, told) =>
    told === 'set'
      ? `Of each of the ${count ?? 0} objectives: if all its key results are met, is it necessarily met?`
      : 'If all key results are met, is the objective necessarily met?',
}
