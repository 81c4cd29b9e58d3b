import type { WorkingCalendar } from '../calendar/working-time.ts'
import type { EpochMs } from '../time.ts'
import { compareHealth, type Band } from './health.ts'
import { bandBeyond, bandWithin, worstBand, type Reading } from './reading.ts'
import { workingDayLater } from './working-day-later.ts'

/**
 * The band a key result stands in, and since when. Plain JSON: it is stored with the key result and given back at the
 * next look. Its states:
 *
 * - settled (`beyond` null): the readings are in the band
 * - held (`beyond` set): they have been past the band's edge since then, by less than the margin. The band is left
 *   when one is past it by the margin, or when a full working day has gone by without a look that found them back.
 */
export interface HealthStanding {
  readonly band: Band
  readonly since: EpochMs
  /** Where the readings are instead, and since when they have been on that side of the band. */
  readonly beyond: { readonly band: Band; readonly since: EpochMs } | null
}

export interface Settled {
  readonly standing: HealthStanding
  /** When the band will be left if nothing changes; null when it is not held. */
  readonly heldUntil: EpochMs | null
}

/**
 * The band after another look. Without a former standing the readings alone decide. A band that is left is left for
 * the one the readings are in, however far that is.
 *
 * @param readings at least one; the worst decides
 */
export function settle(
  readings: readonly Reading[],
  margin: number,
  former: HealthStanding | null,
  now: EpochMs,
  calendar: WorkingCalendar,
): Settled {
  const band = worstBand(readings)
  const moved: Settled = { standing: { band, since: now, beyond: null }, heldUntil: null }
  if (former === null) return moved
  if (band === former.band) return { standing: { ...former, beyond: null }, heldUntil: null }

  const isWorse = (candidate: Band) => compareHealth(candidate, former.band) > 0
  const isClear = isWorse(band)
    ? isWorse(bandWithin(readings, margin))
    : compareHealth(bandBeyond(readings, margin), former.band) < 0
  if (isClear) return moved

  const isSameSide = former.beyond !== null && isWorse(former.beyond.band) === isWorse(band)
  const since = isSameSide ? former.beyond.since : now
  const heldUntil = workingDayLater(since, calendar)
  if (now >= heldUntil) return moved
  return { standing: { ...former, beyond: { band, since } }, heldUntil }
}
