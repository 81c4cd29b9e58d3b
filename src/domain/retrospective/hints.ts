import { expectedProgress, type TimeBox } from '../calendar/expected-progress.ts'
import { numberOf, type KeyResultKey, type TeamKey } from '../ids.ts'
import type { Measure } from '../measures/measure.ts'
import { nextDay, startOfDay } from '../time.ts'
import type { Row } from './cycles-in-a-row.ts'
import { isEasier, type GoalMove } from './moves.ts'
import type { TrendDay } from './trend.ts'

/** What to think about before the next goals are written. A hint blames nobody: it is about goals and teams. */
export type Hint =
  | { readonly kind: 'reached_early'; readonly timeShare: number }
  | { readonly kind: 'never_moved' }
  | { readonly kind: 'made_easier'; readonly times: number }
  | { readonly kind: 'all_reached_early'; readonly keyResults: readonly KeyResultKey[] }
  | (Row & { readonly team: TeamKey | null })

/** Reached before this share of the time: there was room for more. */
const EARLY = 0.75

/** Hints that follow from one key result's own past. A range is kept, not reached: none says that it was early. */
export function keyResultHints(
  { kind }: Pick<Measure, 'kind'>,
  days: readonly TrendDay[],
  moves: readonly GoalMove[],
  box: TimeBox,
): Hint[] {
  const easier = moves.filter((move) => !move.isLate && isEasier(move)).length
  const reached = kind === 'range' ? null : timeShareReached(days, box)
  return [
    ...(reached !== null && reached < EARLY ? [{ kind: 'reached_early' as const, timeShare: reached }] : []),
    ...(hasNeverMoved(days) ? [{ kind: 'never_moved' as const }] : []),
    ...(easier > 0 ? [{ kind: 'made_easier' as const, times: easier }] : []),
  ]
}

/** The hint of an objective all of whose key results were reached early. */
export function allReachedEarly(
  keyResults: readonly { readonly key: KeyResultKey; readonly hints: readonly Hint[] }[],
): Hint[] {
  const isEarly = ({ hints }: { readonly hints: readonly Hint[] }) =>
    hints.some(({ kind }) => kind === 'reached_early')
  if (keyResults.length === 0 || !keyResults.every(isEarly)) return []
  const keys = keyResults.map(({ key }) => key).sort((a, b) => numberOf(a) - numberOf(b))
  return [{ kind: 'all_reached_early', keyResults: keys }]
}

/** The share of the time that had passed when the target was reached for good; null when it was not. */
function timeShareReached(days: readonly TrendDay[], box: TimeBox): number | null {
  const lastOpen = days.findLastIndex(({ rawProgress }) => (rawProgress ?? 0) < 1)
  const since = days[lastOpen + 1]
  if (since === undefined) return null
  return expectedProgress(startOfDay(nextDay(since.day), box.calendar.timeZone), box)
}

/** From the first to the last day it stood where it began, short of its target. */
function hasNeverMoved(days: readonly TrendDay[]): boolean {
  const [first] = days
  if (first === undefined || days.length < 2) return false
  return (
    (first.rawProgress ?? 0) < 1 &&
    days.every(({ rawProgress }) => (rawProgress ?? 0) === (first.rawProgress ?? 0))
  )
}
