import { numberOf, type IssueId, type KeyResultKey, type ObjectiveKey, type SiteId } from '../ids.ts'
import type { LinkRole } from '../links/manual-link.ts'
import type { Health } from './health.ts'

/** Work is being delivered and the outcome does not follow. Shares of 1. */
export interface OutputWithoutOutcome {
  readonly deliveryShare: number
  /** Raw. */
  readonly outcomeProgress: number
  readonly timeShare: number
}

/** Product rule: most of the work delivered, hardly any outcome, half of the time gone. */
const MOST_OF_THE_WORK = 0.6
const HARDLY_ANY_OUTCOME = 0.1
const HALF_OF_THE_TIME = 0.5

/**
 * Whether a key result with an outcome of its own has its work delivered in vain. An outcome that nobody has measured
 * is not one that did not move: health says `no_data` of it, and this says nothing. Not for a key result that is
 * measured by delivery, whose output is its outcome.
 *
 * @param deliveryShare linked work delivered ÷ in scope; null without linked work
 * @returns the numbers, null while the rule does not apply
 */
export function outputWithoutOutcome(input: {
  readonly deliveryShare: number | null
  readonly outcomeProgress: number | null
  readonly timeShare: number
}): OutputWithoutOutcome | null {
  const { deliveryShare, outcomeProgress, timeShare } = input
  if (deliveryShare === null || outcomeProgress === null) return null
  const isInVain = deliveryShare >= MOST_OF_THE_WORK && outcomeProgress < HARDLY_ANY_OUTCOME
  return isInVain && timeShare >= HALF_OF_THE_TIME ? { deliveryShare, outcomeProgress, timeShare } : null
}

/** In danger, and nobody works on it. */
export interface Uncovered {
  readonly health: 'at_risk' | 'off_track'
}

/**
 * Whether a key result in danger has no open work in a sprint that is running. Between sprints nothing can have, so
 * nothing is told. A stale or unknown one lacks news, not work.
 *
 * @param openIssuesInActiveSprints its linked issues, to do or in progress, in any running sprint
 * @param hasActiveSprint whether a sprint runs that could hold its work: on a board its issues or its team are on
 */
export function uncovered(input: {
  readonly health: Health
  readonly openIssuesInActiveSprints: number
  readonly hasActiveSprint: boolean
}): Uncovered | null {
  const { health, openIssuesInActiveSprints, hasActiveSprint } = input
  if (!hasActiveSprint || openIssuesInActiveSprints > 0) return null
  return health === 'at_risk' || health === 'off_track' ? { health } : null
}

/** An epic that counts for a key result. */
export interface EpicClaim {
  readonly siteId: SiteId
  readonly epicId: IssueId
  readonly keyResult: KeyResultKey
  readonly objective: ObjectiveKey
  readonly role: LinkRole
}

/** Epics that drive a key result and another objective's as well. */
export interface Conflict {
  readonly epics: readonly {
    readonly siteId: SiteId
    readonly epicId: IssueId
    /** Key results of other objectives that it drives, by key. */
    readonly others: readonly KeyResultKey[]
  }[]
}

/**
 * Whether an epic that drives a key result drives one of a different objective too: its work is promised twice. Two
 * key results of one objective may share an epic, and what only supports is promised to nobody.
 *
 * @param claims those on the epics of this key result, its own among them, in any order; doubled ones do not matter
 */
export function conflict(
  keyResult: { readonly key: KeyResultKey; readonly objective: ObjectiveKey },
  claims: readonly EpicClaim[],
): Conflict | null {
  const driving = claims.filter((claim) => claim.role === 'drives')
  const byEpic = Map.groupBy(driving, (claim) => `${claim.siteId} ${claim.epicId}`)
  const epics = [...byEpic.values()].flatMap((shared) => {
    if (!shared.some((claim) => claim.keyResult === keyResult.key)) return []
    const foreign = shared.filter((claim) => claim.objective !== keyResult.objective)
    if (foreign.length === 0) return []
    const { siteId, epicId } = foreign[0]!
    return [
      {
        siteId,
        epicId,
        others: [...new Set(foreign.map((claim) => claim.keyResult))].sort(
          (a, b) => numberOf(a) - numberOf(b),
        ),
      },
    ]
  })
  return epics.length === 0 ? null : { epics: epics.sort(bySiteAndId) }
}

function bySiteAndId(a: Conflict['epics'][number], b: Conflict['epics'][number]): number {
  if (a.siteId !== b.siteId) return a.siteId < b.siteId ? -1 : 1
  return Number(a.epicId) - Number(b.epicId)
}
