import { endOf } from '../../domain/calendar/expected-progress.ts'
import { timeBoxOf } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { KeyResultStanding } from '../../domain/sprints/key-result-standing.ts'
import { startOfDay, type EpochMs } from '../../domain/time.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Snapshot } from '../ports/progress.ts'
import type { Records } from '../ports/records.ts'

const PAGE = 500

/** Every key result that is not archived, nor is its cycle, and whose time is not over. */
export async function runningKeyResults(
  { goals }: Pick<Records, 'goals'>,
  now: EpochMs,
): Promise<KeyResultInContext[]> {
  const found: KeyResultInContext[] = []
  let after: KeyResultKey | null = null
  for (;;) {
    const page: KeyResultInContext[] = await goals.runningKeyResults({ after, limit: PAGE }, now)
    found.push(...page)
    if (page.length < PAGE) return found
    after = page[page.length - 1]!.keyResult.key
  }
}

/** Key results with their latest numbers. */
export async function standingsOf(
  { progress }: Pick<Records, 'progress'>,
  goals: Iterable<KeyResultInContext>,
): Promise<Map<KeyResultKey, KeyResultStanding>> {
  const all = [...goals]
  const snapshots = new Map<KeyResultKey, Snapshot>()
  for (let from = 0; from < all.length; from += PAGE) {
    const keys = all.slice(from, from + PAGE).map(({ keyResult }) => keyResult.key)
    for (const [key, snapshot] of await progress.latestSnapshots(keys)) snapshots.set(key, snapshot)
  }
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
