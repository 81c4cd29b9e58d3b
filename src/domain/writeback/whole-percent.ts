/** Rounded, but 99.6 % is not all of it. */
export function wholePercent(share: number): number
export function wholePercent(share: number | null): number | null
export function wholePercent(share: number | null): number | null {
  if (share === null) return null
  return share >= 1 ? 100 : Math.min(99, Math.round(share * 100))
}

/** 0.29 × 100 is 28.999999999999996. */
const FLOAT_SLACK = 1e-9

/** Rounded down: a share below a band's edge never reads as being on it. */
export function floorPercent(share: number): number
export function floorPercent(share: number | null): number | null
export function floorPercent(share: number | null): number | null {
  return share === null ? null : Math.floor(share * 100 + FLOAT_SLACK)
}
