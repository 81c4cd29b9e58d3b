import type { EpochMs } from '../../domain/time.ts'
import type { Episode } from '../../domain/warnings/episode.ts'
import { planEpisodes } from '../../domain/warnings/plan-episodes.ts'
import type { Signal, WarningNumbers } from '../../domain/warnings/signal.ts'
import { authorshipOf } from '../../domain/authorship.ts'
import type { NewFeedEntry } from '../ports/feed.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { isInDigest, wantWarningComment } from './want-warning-comment.ts'

export interface RaiseSettings {
  readonly now: EpochMs
  /** Throughline's own address, for links in comments. */
  readonly publicUrl: string
  /** False where no Jira can be written to, or comments are switched off. */
  readonly writesComments: boolean
}

export interface RaisedWarnings {
  /** Whether a comment has to be written. */
  readonly hasComments: boolean
  /** To be appended to the feed with the caller's own entries, last in its transaction. */
  readonly feed: readonly NewFeedEntry[]
}

interface Happening {
  readonly kind: 'warning.raised' | 'warning.escalated' | 'warning.resolved'
  readonly before: Episode | null
  readonly after: Episode
}

/**
 * Brings the warnings of a key result in line with what is wrong with it now: stores what became of each, says what
 * its comment should be, writes the audit log. With equal signals it changes nothing. Every signal carries the key
 * result's present numbers, also the one that says that nothing is wrong: what is over ends with them. Part of the transaction that
 * recomputes the key result, which keeps others from doing the same at the same time.
 */
export async function raiseWarnings(
  records: Records,
  goal: KeyResultInContext,
  signals: readonly Signal[],
  settings: RaiseSettings,
): Promise<RaisedWarnings> {
  const { key } = goal.keyResult
  const open = await records.warnings.lockOpen(key)
  const plan = planEpisodes(open, signals, settings.now)
  const happenings: Happening[] = []
  for (const episode of plan.raise) {
    const raised = await records.warnings.raise({ ...episode, keyResult: key })
    if (raised !== null) happenings.push({ kind: 'warning.raised', before: null, after: raised })
  }
  for (const { after } of plan.update) await records.warnings.update(after)
  for (const step of plan.escalate) {
    await records.warnings.update(step.after)
    happenings.push({ kind: 'warning.escalated', ...step })
  }
  for (const step of plan.resolve) {
    await records.warnings.update(step.after)
    happenings.push({ kind: 'warning.resolved', ...step })
  }
  const episodes = standing(open, plan, happenings)
  const numbersNow = signals[0]?.facts.numbers ?? null
  const hasComments = await wantComments(records, goal, episodes, { ...settings, numbersNow })
  await records.audit.append(
    happenings.map(({ kind, before, after }) => ({
      ...authorshipOf({ actor: 'throughline' }),
      at: settings.now,
      action: AUDIT_ACTIONS[kind],
      subject: key,
      before,
      after,
    })),
  )
  const feed = happenings.map((happening) => feedEntryOf(happening, numbersNow, settings.now))
  return { hasComments, feed }
}

const AUDIT_ACTIONS = {
  'warning.raised': 'warning.raise',
  'warning.escalated': 'warning.escalate',
  'warning.resolved': 'warning.resolve',
} as const

/** Every warning that was open or is now, as it is now. */
function standing(
  open: readonly Episode[],
  plan: ReturnType<typeof planEpisodes>,
  happenings: readonly Happening[],
): Episode[] {
  const changed = [...plan.update, ...happenings].map(({ after }) => after)
  return [...changed, ...open.filter(({ id }) => !changed.some((episode) => episode.id === id))]
}

/** Also of those that did not change: an anchor, an owner or a team's wish may be new. */
async function wantComments(
  records: Records,
  goal: KeyResultInContext,
  episodes: readonly Episode[],
  { writesComments, ...told }: RaiseSettings & { readonly numbersNow: WarningNumbers | null },
): Promise<boolean> {
  if (!writesComments || episodes.length === 0) return false
  const inDigest = await isInDigest(records, goal)
  let hasComments = false
  for (const episode of episodes.toSorted((a, b) => a.id - b.id)) {
    const dueInMs = await wantWarningComment(records, goal, episode, { ...told, inDigest })
    hasComments ||= dueInMs !== null
  }
  return hasComments
}

function feedEntryOf(
  { kind, before, after }: Happening,
  numbersNow: WarningNumbers | null,
  at: EpochMs,
): NewFeedEntry {
  return { kind, subject: after.keyResult, at, data: episodeData(before, after, numbersNow) }
}

/** What the feed says of a warning. */
export function episodeData(
  before: Episode | null,
  after: Episode,
  numbersNow: WarningNumbers | null,
): Readonly<Record<string, unknown>> {
  return {
    warning: after.id,
    kind: after.kind,
    level: after.level,
    levelBefore: before?.level ?? null,
    raisedAt: new Date(after.raisedAt).toISOString(),
    detail: after.facts.detail,
    numbers: numbersNow ?? after.facts.numbers,
  }
}
