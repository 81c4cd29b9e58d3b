import { decimal } from './decimal.ts'

/** 0.1 + 0.2 is 0.3: numbers closer than this are one, and a way that short would be divided by next to nothing. */
export const SHORTEST_WAY = 1e-9

/** Whether there is a way from a baseline to a target at all. */
export function hasDirection(baseline: number, target: number): boolean {
  return Math.abs(target - baseline) >= SHORTEST_WAY
}

/**
 * (current − baseline) ÷ (target − baseline), raw: below 0 and above 1 are kept. `baseline = target` has no
 * direction and is refused when the key result is written, so it is a bug here.
 */
export function rawProgress(current: number, baseline: number, target: number): number {
  if (baseline === target)
    throw new RangeError(`baseline and target are both ${target}: progress has no direction`)
  // Plus nothing: on the way down an untouched baseline is 0 ÷ −5, which would read as −0.
  return decimal((current - baseline) / (target - baseline)) + 0
}

/** What people are shown: 0 to 1. */
export function shownProgress(raw: number): number {
  return Math.min(1, Math.max(0, raw))
}
