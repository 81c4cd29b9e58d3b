import { canonicalText } from '../mirror/facts.ts'
import { startOfDay, type EpochMs } from '../time.ts'
import type { DraftCheckIn } from './drafts.ts'

const FNV_PRIME = 0x0000_0100_0000_01b3n
const FNV_OFFSET = 0xcbf2_9ce4_8422_2325n
const MASK = (1n << 64n) - 1n

/**
 * What tells a dated value from another of the same key result: its date, value, confidence and note, and the how
 * manieth of those it is in its file, because a value may come back on one day. The same line again is the same
 * check-in, also years later; a hash (FNV-1a), because notes are longer than an index takes.
 */
export function importKeyOf({ at, value, confidence, note }: DraftCheckIn, occurrence: number): string {
  const text = canonicalText([at, value, confidence, note, ...(occurrence === 1 ? [] : [occurrence])])
  let hash = FNV_OFFSET
  for (let index = 0; index < text.length; index++) {
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * FNV_PRIME) & MASK
  }
  return `import-${hash.toString(16).padStart(16, '0')}`
}

/**
 * When it was so; a day counts from its first instant, and a time goes by the clock, in the calendar of the cycle.
 * Null: the line does not say.
 */
export function saidAtInstant({ at }: Pick<DraftCheckIn, 'at'>, timeZone: string): EpochMs | null {
  switch (at?.kind) {
    case undefined:
      return null
    case 'instant':
      return at.at
    case 'local':
      return Temporal.PlainDateTime.from(`${at.day}T${at.time}`).toZonedDateTime(timeZone).epochMilliseconds
    case 'day':
      return startOfDay(at.day, timeZone)
  }
}
