import type { KeyResultKey } from '../ids.ts'
import { byKeyResult, type Service, type WorkItem } from './sprint-work.ts'

/** Work in issues and in points. An issue without an estimate adds no points: how many there are is said. */
export interface SprintAmount {
  readonly issues: number
  readonly points: number
  readonly unestimated: number
}

/** A part of the sprint, 0 to 1; null where there is nothing to take a part of (no issue; no points). */
export interface Shares {
  readonly points: number | null
  readonly issues: number | null
}

export interface KeyResultAllocation {
  readonly keyResult: KeyResultKey
  /** Points count by the share of the link: 5 points at 60 % are 3. Issues count whole. */
  readonly drives: SprintAmount
  readonly supports: SprintAmount
  /**
   * Of both roles together, issues by the share of their links too. An issue that counts for two key results in full
   * counts in full for both: shares may add up to more than 1.
   */
  readonly share: Shares
}

/** Where the work of a sprint goes. */
export interface Allocation {
  readonly total: SprintAmount
  readonly keyResults: readonly KeyResultAllocation[]
  /** Serves at least one key result, in whatever role and share. */
  readonly aligned: { readonly amount: SprintAmount; readonly share: Shares }
  readonly unaligned: { readonly amount: SprintAmount; readonly share: Shares }
}

type Sized = Pick<WorkItem, 'points'>

const NO_WORK: SprintAmount = { issues: 0, points: 0, unestimated: 0 }

export function amountOf(work: readonly Sized[]): SprintAmount {
  return work.reduce<SprintAmount>((sum, item) => plus(sum, item, 100), NO_WORK)
}

export function allocationOf(work: readonly Pick<WorkItem, 'points' | 'serves'>[]): Allocation {
  const total = amountOf(work)
  const byKey = new Map<KeyResultKey, { drives: SprintAmount; supports: SprintAmount; issueShares: number }>()
  for (const item of work) {
    for (const { keyResult, role, sharePercent } of item.serves) {
      const sum = byKey.get(keyResult) ?? { drives: NO_WORK, supports: NO_WORK, issueShares: 0 }
      byKey.set(keyResult, {
        ...sum,
        [role]: plus(sum[role], item, sharePercent),
        issueShares: sum.issueShares + sharePercent / 100,
      })
    }
  }
  const keyResults = [...byKey].map(([keyResult, { drives, supports, issueShares }]) => ({
    keyResult,
    drives,
    supports,
    share: sharesOf({ points: drives.points + supports.points, issues: issueShares }, total),
  }))
  const part = (items: readonly Sized[]) => {
    const amount = amountOf(items)
    return { amount, share: sharesOf(amount, total) }
  }
  return {
    total,
    keyResults: keyResults.sort(byKeyResult),
    aligned: part(work.filter(({ serves }) => serves.length > 0)),
    unaligned: part(work.filter(({ serves }) => serves.length === 0)),
  }
}

/** The work among this that counts for one key result, sized by its share. */
export function amountFor(
  keyResult: KeyResultKey,
  work: readonly (Sized & { readonly serves: readonly Service[] })[],
): SprintAmount {
  return work.reduce<SprintAmount>((sum, item) => {
    const service = item.serves.find((each) => each.keyResult === keyResult)
    return service === undefined ? sum : plus(sum, item, service.sharePercent)
  }, NO_WORK)
}

export function sharesOf(
  part: { readonly points: number; readonly issues: number },
  whole: { readonly points: number; readonly issues: number },
): Shares {
  return {
    points: whole.points > 0 ? part.points / whole.points : null,
    issues: whole.issues > 0 ? part.issues / whole.issues : null,
  }
}

function plus(sum: SprintAmount, { points }: Sized, sharePercent: number): SprintAmount {
  return {
    issues: sum.issues + 1,
    points: sum.points + ((points ?? 0) * sharePercent) / 100,
    unestimated: sum.unestimated + (points === null ? 1 : 0),
  }
}
