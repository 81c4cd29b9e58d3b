import { endOf } from '../../domain/calendar/expected-progress.ts'
import { timeBoxOf } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { KeyResultStanding } from '../../domain/sprints/key-result-standing.ts'
import { startOfDay, type EpochMs } from '../../domain/time.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'

const PAGE = 200

/** More live key results than this are read no further: a sprint's plan is no report of the whole company. */
const MOST_KEY_RESULTS = 1_000

/** Every key result whose cycle and itself are not archived and whose time is not over. */
export async function runningKeyResults({ goals }: Records, now: EpochMs): Promise<KeyResultInContext[]> {
  const found: KeyResultInContext[] = []
  let after: KeyResultKey | null = null
  while (found.length < MOST_KEY_RESULTS) {
    const page: KeyResultInContext[] = await goals.keyResults(
      { after, limit: PAGE },
      { cycle: null, objective: null, includeArchived: false },
    )
    found.push(...page)
    if (page.length < PAGE) break
    after = page[page.length - 1]!.keyResult.key
  }
  return found.filter((goal) => dueEndOf(goal) > now && goal.cycle.archivedAt === null)
}

/** Key results with their latest numbers. */
export async function standingsOf(
  { progress }: Records,
  goals: Iterable<KeyResultInContext>,
): Promise<Map<KeyResultKey, KeyResultStanding>> {
  const all = [...goals]
  const snapshots = await progress.latestSnapshots(all.map(({ keyResult }) => keyResult.key))
  return new Map(
    all.map((goal) => {
      const { keyResult, cycle } = goal
      const standing: KeyResultStanding = {
        keyResult: keyResult.key,
        title: keyResult.title,
        objective: keyResult.objective,
        cycle: cycle.key,
        measure: keyResult.measure,
        startAt: startOfDay(cycle.startDay, cycle.calendar.timeZone),
        dueEndAt: dueEndOf(goal),
        isArchived: keyResult.archivedAt !== null,
        numbers: snapshots.get(keyResult.key)?.numbers ?? null,
      }
      return [keyResult.key, standing] as const
    }),
  )
}

function dueEndOf({ keyResult, cycle }: KeyResultInContext): EpochMs {
  return endOf(timeBoxOf(keyResult, cycle))
}
