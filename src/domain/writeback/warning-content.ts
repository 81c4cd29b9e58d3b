import type { KeyResult, Objective } from '../goals.ts'
import type { KeyResultKey } from '../ids.ts'
import { isKnown, type Episode } from '../warnings/episode.ts'
import type { WarningFacts, WarningKind, WarningLevel, WarningNumbers } from '../warnings/signal.ts'
import { dayOf, HOUR_MS, type CalendarDay, type EpochMs } from '../time.ts'
import { isAccountName } from './account-name.ts'
import { keyResultUrl } from './key-result-url.ts'
import { plainText } from './plain-text.ts'
import { shownFacts } from './shown-facts.ts'

/** Whom a warning mentions. */
export interface Owner {
  readonly accountId: string
  readonly name: string
}

/** Exactly what a reader of a warning comment sees. Plain JSON; texts are one visible line of bounded length. */
export interface WarningShown extends WarningFacts {
  readonly key: KeyResultKey
  readonly title: string
  readonly objectiveTitle: string
  readonly dueDay: CalendarDay
  readonly kind: WarningKind
  readonly level: WarningLevel
  /** The day it was over, in the cycle's time zone; null while it stands. */
  readonly resolvedDay: CalendarDay | null
  /** What ended it; left out: it was no longer so. */
  readonly endedWith?: 'cycle'
  readonly owner: Owner | null
  readonly url: string
}

/** What the comment of one warning should be: what it shows, and whether people are to be told of it. */
export interface WarningContent {
  readonly kind: 'warning'
  readonly shown: WarningShown
  /** False once it is over, once somebody knows of it at this level, and for teams that take digests. */
  readonly tells: boolean
  /** Nobody is told before then: it is snoozed, or has not stood for long enough. */
  readonly quietUntil: EpochMs | null
}

export interface WarningContentInput {
  readonly episode: Episode
  /** The key result's present numbers, which one that is over ends with; null: as it stood last. */
  readonly numbersNow: WarningNumbers | null
  readonly keyResult: Pick<KeyResult, 'key' | 'title' | 'owner' | 'ownerAccountId'>
  readonly objective: Pick<Objective, 'title'>
  /** The effective due day. */
  readonly dueDay: CalendarDay
  /** Of the cycle. */
  readonly timeZone: string
  /** True when its team takes a digest instead. */
  readonly isInDigest: boolean
  /** Throughline's own address, with or without a slash at its end. */
  readonly publicUrl: string
}

const TITLE_LENGTH = 160
const NAME_LENGTH = 80

/** What the comment of a warning should be now. */
export function warningContent(input: WarningContentInput): WarningContent {
  const { episode, numbersNow, keyResult, objective, dueDay, timeZone, isInDigest, publicUrl } = input
  const {
    kind,
    level,
    resolvedAt,
    facts: { numbers, detail },
  } = episode
  return {
    kind: 'warning',
    shown: {
      key: keyResult.key,
      title: plainText(keyResult.title, TITLE_LENGTH),
      objectiveTitle: plainText(objective.title, TITLE_LENGTH),
      dueDay,
      kind,
      level,
      ...shownFacts({ detail, numbers: resolvedAt === null ? numbers : (numbersNow ?? numbers) }),
      resolvedDay: resolvedAt === null ? null : dayOf(resolvedAt, timeZone),
      owner: ownerOf(keyResult),
      url: keyResultUrl(publicUrl, keyResult.key),
    },
    tells: mayTell(episode) && !isInDigest,
    quietUntil: quietUntilOf(episode),
  }
}

/** The same comment after somebody acknowledged, snoozed or woke the warning. */
export function withEpisode(content: WarningContent, episode: Episode, isInDigest: boolean): WarningContent {
  return {
    ...content,
    tells: mayTell(episode) && !isInDigest,
    quietUntil: quietUntilOf(episode),
  }
}

/** The same comment once the cycle of its key result was closed: whatever was wrong, nobody can act on it any more. */
export function endedWithCycle(content: WarningContent, day: CalendarDay): WarningContent {
  if (content.shown.resolvedDay !== null) return content
  return {
    ...content,
    shown: { ...content.shown, resolvedDay: day, endedWith: 'cycle' },
    tells: false,
    quietUntil: null,
  }
}

/**
 * How long a level must have stood before people are told. Health has its own hysteresis; what follows from links and
 * sprints comes and goes while somebody relabels an epic or plans a sprint.
 */
const SETTLING_MS: Readonly<Record<WarningKind, number>> = {
  health: 0,
  output_without_outcome: HOUR_MS,
  scope_growth: HOUR_MS,
  uncovered: HOUR_MS,
  conflict: HOUR_MS,
}

function quietUntilOf({ kind, levelSince, snooze }: Episode): EpochMs | null {
  const settledAt = levelSince + SETTLING_MS[kind]
  const until = Math.max(settledAt, snooze?.until ?? settledAt)
  return until === levelSince ? null : until
}

function mayTell(episode: Episode): boolean {
  return episode.resolvedAt === null && !isKnown(episode)
}

function ownerOf({ owner, ownerAccountId }: WarningContentInput['keyResult']): Owner | null {
  if (ownerAccountId === null || !isAccountName(ownerAccountId)) return null
  return { accountId: ownerAccountId, name: plainText(owner ?? ownerAccountId, NAME_LENGTH) }
}
