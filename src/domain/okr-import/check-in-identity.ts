import { canonicalText } from '../mirror/facts.ts'
import { startOfDay, type EpochMs } from '../time.ts'
import type { DraftCheckIn } from './drafts.ts'

const FNV_PRIME = 0x0000_0100_0000_01b3n
const FNV_OFFSET = 0xcbf2_9ce4_8422_2325n
const MASK = (1n << 64n) - 1n

/**
 * What tells a reported value from another of the same key result: its date, value, confidence and note. The same line
 * again is the same check-in, also years later; a hash (FNV-1a), because notes are longer than an index takes.
 */
export function importKeyOf({ at, value, confidence, note }: DraftCheckIn): string {
  const text = canonicalText([at, value, confidence, note])
  let hash = FNV_OFFSET
  for (let index = 0; index < text.length; index++) {
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * FNV_PRIME) & MASK
  }
  return `import-${hash.toString(16).padStart(16, '0')}`
}

/** When it was so; a day counts from its first instant in the calendar of the cycle. Null: the line does not say. */
export function saidAtInstant({ at }: DraftCheckIn, timeZone: string): EpochMs | null {
  if (at === null) return null
  return at.kind === 'instant' ? at.at : startOfDay(at.day, timeZone)
}
