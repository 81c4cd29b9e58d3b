import type { RuleId } from '../finding.ts'
import type { Hit } from '../hit.ts'

/** From this many objectives on, what is true of all of them is how the set is kept, not an oversight in each. */
const FEWEST_OBJECTIVES = 3

/** What a file of titles lacks throughout: said of every goal of it, it would drown what is said of one. */
const LACKING: readonly RuleId[] = ['no-owner', 'no-due-date', 'too-few-key-results']

/**
 * What is said once of the whole set in place of each objective: what all of them lack, and the question that is asked
 * of every objective in the same words.
 * @param hits what was found of each objective
 */
export function ofWholeSet(hits: readonly (readonly Hit[])[]): Hit[] {
  if (hits.length < FEWEST_OBJECTIVES) return []
  const told = (rule: RuleId) => hits.filter((own) => own.some((hit) => hit.rule === rule)).length
  const asked = told('reverse-check')
  return [
    ...LACKING.filter((rule) => told(rule) === hits.length).map((rule) => ({ rule, count: hits.length })),
    ...(asked < FEWEST_OBJECTIVES ? [] : [{ rule: 'reverse-check' as const, count: asked }]),
  ]
}
