import { dueCheckInsOf } from '../check-ins/read-due-check-ins.ts'
import { dueDigest } from '../../domain/digest/due-digest.ts'
import { teamDigest, type Digest, type DigestKeyResult } from '../../domain/digest/team-digest.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { Numbers } from '../../domain/snapshot.ts'
import type { Team } from '../../domain/team.ts'
import { dayOf, startOfDay, type EpochMs } from '../../domain/time.ts'
import type { Clock } from '../ports/clock.ts'
import type { Doorbell } from '../ports/doorbell.ts'
import type { Database, Records } from '../ports/records.ts'

export interface DigestDeps {
  readonly database: Database
  readonly clock: Clock
  readonly doorbell: Pick<Doorbell, 'ring'>
  /** Throughline's own address, for links in comments. */
  readonly publicUrl: string
  /** False where no Jira can be written to, or comments are switched off. */
  readonly writesComments: boolean
}

/**
 * Sends the digests whose working day has ended: an entry in the feed and, for a team with an anchor issue, a comment.
 * A day without news is noted and nothing is sent. Two processes may do it at the same time: of each digest one does.
 * A team's failure keeps no other waiting: it is thrown when all had their turn.
 */
export async function sendDigests(deps: DigestDeps): Promise<void> {
  const { goals, digests } = deps.database.records
  const teams = (await goals.teams()).filter(({ notify }) => notify === 'digest')
  if (teams.length === 0) return
  const lastDueAts = await digests.lastDueAts(teams.map(({ key }) => key))
  const failures: unknown[] = []
  for (const team of teams) {
    try {
      await sendDue(deps, team, lastDueAts.get(team.key) ?? null)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

async function sendDue(deps: DigestDeps, team: Team, lastDueAt: EpochMs | null): Promise<void> {
  const now = deps.clock.now()
  const { timeZone } = team.calendar
  const dueAt = dueDigest(team, lastDueAt, now)
  if (dueAt === null) return
  const since = lastDueAt ?? startOfDay(dayOf(dueAt, timeZone), timeZone)
  const hasComment = await deps.database.transaction((records) =>
    sendDigest(records, team, { since, dueAt, now }, deps),
  )
  if (hasComment) await deps.doorbell.ring('comments', 'due')
}

interface Period {
  /** The end of the working day that was told of last. */
  readonly since: EpochMs
  readonly dueAt: EpochMs
  readonly now: EpochMs
}

/** @returns whether a comment has to be written */
async function sendDigest(
  records: Records,
  team: Team,
  { since, dueAt, now }: Period,
  { publicUrl, writesComments }: DigestDeps,
): Promise<boolean> {
  const { key, anchorIssue, calendar } = team
  const day = dayOf(dueAt, calendar.timeZone)
  if (!(await records.digests.claim({ team: key, day, dueAt, sentAt: now }))) return false
  const keyResults = await keyResultsOf(records, team, { since, dueAt, now })
  const checkIns = await dueCheckInsOf(records, team, dueAt)
  const digest = teamDigest({ team, since, until: dueAt, keyResults, checkIns, publicUrl })
  if (digest === null) return false
  await records.digests.keep(key, day, digest)
  const hasComment = writesComments && anchorIssue !== null
  if (hasComment) {
    const { siteId, issueId } = anchorIssue
    const id = { subject: key, topic: `digest-${day}`, siteId, issueId } as const
    await records.comments.want(id, { content: { kind: 'digest', digest }, cursor: 0 }, 0)
  }
  await records.feed.append([{ kind: 'team.digest', subject: key, at: dueAt, data: dataOf(digest) }])
  return hasComment
}

function dataOf({ team, ...digest }: Digest): Readonly<Record<string, unknown>> {
  return { team, ...digest }
}

/** The team's key results whose cycle runs or ended in this period, as they were and are. */
async function keyResultsOf(
  records: Records,
  team: Team,
  { since, dueAt }: Period,
): Promise<DigestKeyResult[]> {
  const all = await records.digests.keyResultsOf(team.key)
  const goals = (await Promise.all(all.map((key) => records.goals.keyResult(key)))).filter(
    (goal) => goal !== null,
  )
  const { timeZone } = team.calendar
  const current = goals.filter(
    ({ cycle }) => cycle.startDay <= dayOf(dueAt, timeZone) && cycle.endDay >= dayOf(since, timeZone),
  )
  const keys = current.map(({ keyResult }) => keyResult.key)
  const latest = await records.progress.latestSnapshots(keys)
  const before = await records.digests.numbersAt(keys, since)
  const warnings = await records.warnings.since(keys, since)
  const found: DigestKeyResult[] = []
  for (const { keyResult, objective } of current) {
    const { key, title } = keyResult
    const numbers = latest.get(key)?.numbers
    if (numbers === undefined) continue
    const then = before.get(key) ?? null
    found.push({
      key,
      title,
      objective,
      now: standingOf(numbers),
      before: then === null ? null : standingOf(then.numbers),
      changes: await changesSince(records, key, then?.movementCursor ?? 0),
      issuesInProgress: numbers.delivery.inProgress.issues,
      warnings: warnings.filter((episode) => episode.keyResult === key),
    })
  }
  return found
}

function standingOf({ progress, assessment }: Numbers): DigestKeyResult['now'] {
  return { progress, health: assessment.health }
}

async function changesSince({ contributions }: Records, key: KeyResultKey, cursor: number) {
  const { explanation } = await contributions.movementsSince(key, cursor)
  return explanation.counts
}
