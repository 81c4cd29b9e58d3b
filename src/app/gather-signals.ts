import { deliveryEvidence } from '../domain/measures/delivery.ts'
import { timeBoxOf } from '../domain/goals.ts'
import type { HealthPolicy } from '../domain/health/health-policy.ts'
import { scopeReferenceDays, type ScopeReference } from '../domain/health/scope-growth.ts'
import type { KeyResultKey } from '../domain/ids.ts'
import type { Numbers } from '../domain/snapshot.ts'
import { dayOf, nextDay, type CalendarDay, type EpochMs } from '../domain/time.ts'
import { keyResultSignals, type SignalEvidence } from '../domain/warnings/key-result-signals.ts'
import type { Signal } from '../domain/warnings/signal.ts'
import type { KeyResultInContext } from './ports/goals.ts'
import type { Records } from './ports/records.ts'

const NOT_COVERED: SignalEvidence['coverage'] = { running: [], latest: [], work: [] }

/**
 * Everything that is wrong with a key result now. How sprints cover it is only read for one that is in danger: nobody
 * needs to be told what would bring back what is on track.
 */
export async function gatherSignals(
  records: Records,
  goal: KeyResultInContext,
  { numbers, policy }: { readonly numbers: Numbers; readonly policy: HealthPolicy },
  now: EpochMs,
): Promise<Signal[]> {
  const { keyResult, cycle } = goal
  const { key } = keyResult
  const timeBox = timeBoxOf(keyResult, cycle)
  const { health } = numbers.assessment
  const isInDanger = health === 'at_risk' || health === 'off_track'
  const today = dayOf(now, timeBox.calendar.timeZone)
  const days = scopeReferenceDays(timeBox, policy.grace.timeShare, today)
  return keyResultSignals(
    {
      keyResult,
      numbers,
      timeBox,
      scopeReferences: [
        ...(await scopeAt(records, key, 'commitment', days.commitment)),
        ...(await scopeAt(records, key, 'recent', days.recent)),
      ],
      coverage: isInDanger ? await records.coverage.sprintCoverage(key) : NOT_COVERED,
      claims: await records.coverage.epicClaims(key, now),
    },
    now,
  )
}

async function scopeAt(
  { progress }: Records,
  key: KeyResultKey,
  since: ScopeReference['since'],
  day: CalendarDay | null,
): Promise<ScopeReference[]> {
  if (day === null) return []
  const last = await progress.dayBefore(key, nextDay(day))
  return [{ since, day, scope: deliveryEvidence(last?.tally ?? []).scope }]
}
