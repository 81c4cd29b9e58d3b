import {
  askedOn,
  dueCheckIns,
  type CheckInSubject,
  type DueCheckIn,
} from '../../domain/check-ins/due-check-ins.ts'
import type { TeamKey } from '../../domain/ids.ts'
import type { Team } from '../../domain/team.ts'
import { startOfDay, type EpochMs } from '../../domain/time.ts'
import { findTeam } from '../goals/save-team.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'

export interface TeamsDueCheckIn extends DueCheckIn {
  readonly team: TeamKey
}

/** Whose check-ins are asked for; null: everybody's. */
export interface DueQuestion {
  readonly team: TeamKey | null
  /** Of the key result, or of its objective where that has none. */
  readonly owner: string | null
}

type DueRecords = Pick<Records, 'goals' | 'digests' | 'progress' | 'checkInReminders'>

/** Every check-in that is due now, by team and key. Throws `OKR_TEAM_NOT_FOUND`. */
export async function readDueCheckIns(
  records: DueRecords,
  { team, owner }: DueQuestion,
  now: EpochMs,
): Promise<TeamsDueCheckIn[]> {
  const teams = team === null ? await records.goals.teams() : [await findTeam(records, team)]
  const due: TeamsDueCheckIn[] = []
  for (const one of teams) {
    const own = await dueCheckInsOf(records, one, now)
    due.push(...own.map((checkIn) => ({ ...checkIn, team: one.key })))
  }
  return owner === null
    ? due
    : due.filter(({ keyResult, objective }) => (keyResult.owner ?? objective.owner) === owner)
}

/** The check-ins that one team owes at an instant. Five queries, however many key results it has. */
export async function dueCheckInsOf(records: DueRecords, team: Team, now: EpochMs): Promise<DueCheckIn[]> {
  if (team.checkIns === null) return []
  const goals = await records.goals.keyResultsIn(await records.digests.keyResultsOf(team.key))
  const asked = goals.flatMap((goal) => {
    const day = askedOn(team, goal, now)
    return day === null ? [] : [{ goal, day }]
  })
  const [firstDay] = asked.map(({ day }) => day).toSorted()
  if (firstDay === undefined) return []
  const since = startOfDay(firstDay, team.calendar.timeZone)
  const subjects = await subjectsOf(
    records,
    asked.map(({ goal }) => goal),
    { since, until: now },
  )
  return dueCheckIns(team, subjects, now)
}

async function subjectsOf(
  { progress, checkInReminders }: DueRecords,
  goals: readonly KeyResultInContext[],
  range: { readonly since: EpochMs; readonly until: EpochMs },
): Promise<CheckInSubject[]> {
  const keys = goals.map(({ keyResult }) => keyResult.key)
  const snapshots = await progress.latestSnapshots(keys)
  const words = await checkInReminders.lastWords(keys, range)
  return goals.map((goal) => {
    const numbers = snapshots.get(goal.keyResult.key)?.numbers
    const said = words.get(goal.keyResult.key)
    return {
      ...goal,
      shown: numbers === undefined ? null : { health: numbers.assessment.health, detail: numbers.detail },
      words: said ?? { value: null, confidence: null, systemValueAt: null, wordAt: null },
    }
  })
}
