import { numberOf, type KeyResultKey } from '../../domain/ids.ts'
import { ThroughlineError, type InputProblem } from '../errors.ts'
import { liveKeyResults } from '../goals/live-key-results.ts'
import type { CycleClosing } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'

/**
 * The key results of a closed cycle that were not reached and are still in it, by key.
 * @param only these of them; null: all
 * @throws ThroughlineError `OKR_INPUT_INVALID` that names each one that cannot be carried on, and why
 */
export async function unfinishedKeyResults(
  records: Pick<Records, 'goals'>,
  { cycle, retrospective, rolledOver }: CycleClosing,
  only: readonly KeyResultKey[] | null,
): Promise<KeyResultInContext[]> {
  const scores = new Map(
    retrospective.objectives.flatMap(({ keyResults }) =>
      keyResults.map(({ key, grade }) => [key, grade.score]),
    ),
  )
  const live = await liveKeyResults(records, { cycle })
  const unfinished = live
    .filter(({ keyResult }) => (scores.get(keyResult.key) ?? 0) < 1)
    .sort((a, b) => numberOf(a.keyResult.key) - numberOf(b.keyResult.key))
  if (only === null) return unfinished
  const possible = new Set(unfinished.map(({ keyResult }) => keyResult.key))
  const problems = only.flatMap((key, index): InputProblem[] => {
    if (possible.has(key)) return []
    const field = `keyResults.${index}`
    const gone = rolledOver.find(({ keyResult }) => keyResult === key)
    if (gone !== undefined) return [{ field, message: `${key} went on into ${gone.into} already` }]
    if ((scores.get(key) ?? 0) >= 1)
      return [{ field, message: `${key} was reached; nothing of it is left to do` }]
    return [{ field, message: `${key} is no key result of ${cycle}, or it is archived` }]
  })
  if (problems.length > 0) {
    throw new ThroughlineError(
      'OKR_INPUT_INVALID',
      `Not all of these can be carried on: ${problems[0]!.message}.`,
      {
        problems,
      },
    )
  }
  const chosen = new Set(only)
  return unfinished.filter(({ keyResult }) => chosen.has(keyResult.key))
}
