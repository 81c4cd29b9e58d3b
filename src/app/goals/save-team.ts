import type { Team } from '../../domain/team.ts'
import type { TeamKey } from '../../domain/ids.ts'
import { isTimeZone } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import type { Records } from '../ports/records.ts'
import { changedProperties, changeGoals, type ChangeDeps } from './change-goals.ts'
import { anchorOf } from './create-key-result.ts'
import type { NamedIssue } from './find-issue.ts'

export type TeamInput = Omit<Team, 'anchorIssue'> & { readonly anchorIssue: NamedIssue | null }

/**
 * Writes a team as it is given. Its key results are looked at anew where their warnings may be told another way. Throws `OKR_SITE_UNKNOWN`, `OKR_ISSUE_UNKNOWN`, and `OKR_INPUT_INVALID` for a time
 * zone that does not exist.
 */
export function saveTeam(deps: ChangeDeps, input: TeamInput): Promise<Team> {
  const { timeZone } = input.calendar
  if (!isTimeZone(timeZone)) {
    const message = `${timeZone} is not a time zone known here; give an IANA name such as Asia/Shanghai`
    throw new ThroughlineError('OKR_INPUT_INVALID', 'The team cannot be kept as it was given.', {
      problems: [{ field: 'timeZone', message }],
    })
  }
  return changeGoals(deps, async (records) => {
    const before = await records.goals.team(input.key)
    const after: Team = { ...input, anchorIssue: await anchorOf(records, input.anchorIssue) }
    if (before !== null && changedProperties(before, after).length === 0) {
      return { result: before, record: null }
    }
    await records.goals.saveTeam(after)
    const isToldOtherwise =
      before !== null &&
      changedProperties(before, after).some((name) => name === 'notify' || name === 'anchorIssue')
    const led = isToldOtherwise ? await records.digests.keyResultsOf(after.key) : []
    return {
      result: after,
      record: {
        action: 'team.save',
        subject: after.key,
        before,
        after,
        feed: { kind: 'team.changed', data: { title: after.title } },
      },
      dirty: led.map((keyResult) => ({ keyResult, relink: false })),
    }
  })
}

/** Throws `OKR_TEAM_NOT_FOUND`. */
export async function findTeam({ goals }: Pick<Records, 'goals'>, key: TeamKey): Promise<Team> {
  const team = await goals.team(key)
  if (team === null) throw new ThroughlineError('OKR_TEAM_NOT_FOUND', `There is no team ${key}.`)
  return team
}

/** Refuses a team that does not exist. Throws `OKR_INPUT_INVALID`. */
export async function requireTeam({ goals }: Pick<Records, 'goals'>, key: TeamKey | null): Promise<void> {
  if (key === null || (await goals.team(key)) !== null) return
  const message = `there is no team ${key}; write it first with PUT /api/v1/teams/${key}`
  throw new ThroughlineError('OKR_INPUT_INVALID', `The objective cannot be kept: ${message}.`, {
    problems: [{ field: 'team', message }],
  })
}
