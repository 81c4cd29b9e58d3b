import type { Asked, DueCheckIn } from '../check-ins/due-check-ins.ts'
import type { Explanation } from '../explanation.ts'
import type { Objective } from '../goals.ts'
import type { Health } from '../health/health.ts'
import { numberOf, type KeyResultKey, type ObjectiveKey, type TeamKey } from '../ids.ts'
import type { Team } from '../team.ts'
import { dayOf, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import { isSnoozed, type Episode } from '../warnings/episode.ts'
import type { WarningFacts, WarningKind, WarningLevel } from '../warnings/signal.ts'
import { keyResultUrl } from '../writeback/key-result-url.ts'
import { plainText } from '../writeback/plain-text.ts'
import { shownFacts } from '../writeback/shown-facts.ts'
import { wholePercent } from '../writeback/whole-percent.ts'

/** What a team reads at the end of a working day. Plain JSON; texts are one visible line of bounded length. */
export interface Digest {
  readonly team: TeamKey
  readonly teamTitle: string
  readonly day: CalendarDay
  readonly moved: readonly DigestMove[]
  /** Every warning that stands, the worst first, the snoozed ones too. */
  readonly danger: readonly DigestDanger[]
  readonly recovered: readonly (DigestName & { readonly kind: WarningKind; readonly level: WarningLevel })[]
  /** Objectives that work in progress counts for. */
  readonly serves: readonly DigestObjective[]
  /** Check-ins that wait for the team; left out when none does. */
  readonly checkIns?: readonly DigestCheckIn[]
}

export interface DigestName {
  readonly key: KeyResultKey
  readonly title: string
  readonly url: string
}

export interface DigestMove extends DigestName {
  readonly progressPercent: number | null
  readonly progressPercentBefore: number | null
  readonly health: Health
  readonly healthBefore: Health | null
  readonly changes: Explanation['counts']
}

export interface DigestDanger extends DigestName {
  readonly kind: WarningKind
  readonly level: WarningLevel
  readonly facts: WarningFacts
  readonly sinceDay: CalendarDay
  /** Raised, or worse, since the last digest. */
  readonly isNew: boolean
}

export interface DigestCheckIn extends DigestName {
  readonly asked: readonly Asked[]
  readonly sinceDay: CalendarDay
}

export interface DigestObjective {
  readonly objective: ObjectiveKey
  readonly title: string
  readonly keyResults: readonly KeyResultKey[]
  readonly issuesInProgress: number
}

/** A key result of the team, as it was at the last digest and is now. */
export interface DigestKeyResult {
  readonly key: KeyResultKey
  readonly title: string
  readonly objective: Pick<Objective, 'key' | 'title'>
  readonly now: DigestStanding
  /** null when it had no numbers then. */
  readonly before: DigestStanding | null
  readonly changes: Explanation['counts']
  readonly issuesInProgress: number
  /** Those that stand, and those that ended since. */
  readonly warnings: readonly Episode[]
}

export interface DigestStanding {
  /** 0 to 1; null when there is nothing to measure. */
  readonly progress: number | null
  readonly health: Health
}

export interface DigestInput {
  readonly team: Pick<Team, 'key' | 'title' | 'calendar'>
  /** The end of the last working day that was told of, and of the one to tell of now. */
  readonly since: EpochMs
  readonly until: EpochMs
  readonly keyResults: readonly DigestKeyResult[]
  /** What the team owes at `until`. */
  readonly checkIns: readonly DueCheckIn[]
  readonly publicUrl: string
}

/** Shorter than where one key result has a page for itself. */
const TITLE_LENGTH = 80

/**
 * What a team should hear at the end of a working day; null when there is no news: nothing moved, and nothing came
 * into danger or out of it, nothing was asked for. What merely stands as it stood is never sent by itself.
 */
export function teamDigest(input: DigestInput): Digest | null {
  const { team, since, until, publicUrl } = input
  const keyResults = input.keyResults.toSorted((a, b) => numberOf(a.key) - numberOf(b.key))
  const nameOf = ({ key, title }: Pick<DigestKeyResult, 'key' | 'title'>): DigestName => ({
    key,
    title: plainText(title, TITLE_LENGTH),
    url: keyResultUrl(publicUrl, key),
  })
  const moved = keyResults.flatMap((one) => {
    const move = moveOf(one, nameOf(one))
    return move === null ? [] : [move]
  })
  const warnings = keyResults.flatMap((one) =>
    one.warnings.map((episode) => ({ episode, name: nameOf(one) })),
  )
  const standing = warnings.filter(({ episode }) => episode.resolvedAt === null)
  const danger = standing
    .map(({ episode, name }): DigestDanger => ({
      ...name,
      kind: episode.kind,
      level: episode.level,
      facts: shownFacts(episode.facts),
      sinceDay: dayOf(episode.raisedAt, team.calendar.timeZone),
      isNew: episode.levelSince > since && !isSnoozed(episode, until),
    }))
    .toSorted((a, b) => Number(b.level === 'off_track') - Number(a.level === 'off_track'))
  const recovered = warnings
    .filter(({ episode }) => episode.resolvedAt !== null && episode.resolvedAt > since)
    .map(({ episode: { kind, level }, name }) => ({ ...name, kind, level }))
  const { timeZone } = team.calendar
  const isAsked = input.checkIns.some(({ sinceDay }) => startOfDay(sinceDay, timeZone) >= since)
  const hasNews = moved.length > 0 || recovered.length > 0 || danger.some(({ isNew }) => isNew) || isAsked
  if (!hasNews) return null
  const checkIns = input.checkIns.map(({ keyResult, asked, sinceDay }) => ({
    ...nameOf(keyResult),
    asked,
    sinceDay,
  }))
  return {
    team: team.key,
    teamTitle: plainText(team.title, TITLE_LENGTH),
    day: dayOf(until, team.calendar.timeZone),
    moved,
    danger,
    recovered,
    serves: servedBy(keyResults),
    ...(checkIns.length === 0 ? {} : { checkIns }),
  }
}

/** Time alone moves neither progress nor, within a band, health. */
function moveOf({ now, before, changes }: DigestKeyResult, name: DigestName): DigestMove | null {
  const [progressPercent, progressPercentBefore] = [
    wholePercent(now.progress),
    wholePercent(before?.progress ?? null),
  ]
  const hasMoved =
    progressPercent !== progressPercentBefore ||
    (before !== null && now.health !== before.health) ||
    Object.values(changes).some((count) => count > 0)
  if (!hasMoved) return null
  return {
    ...name,
    progressPercent,
    progressPercentBefore,
    health: now.health,
    healthBefore: before?.health ?? null,
    changes,
  }
}

function servedBy(keyResults: readonly DigestKeyResult[]): DigestObjective[] {
  const working = keyResults.filter(({ issuesInProgress }) => issuesInProgress > 0)
  const objectives = new Map(working.map(({ objective }) => [objective.key, objective]))
  return [...objectives.values()].map(({ key, title }) => {
    const own = working.filter(({ objective }) => objective.key === key)
    return {
      objective: key,
      title: plainText(title, TITLE_LENGTH),
      keyResults: own.map((one) => one.key),
      issuesInProgress: own.reduce((sum, one) => sum + one.issuesInProgress, 0),
    }
  })
}
