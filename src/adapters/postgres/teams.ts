import { asc, eq } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import type { Team } from '../../domain/team.ts'
import type { Executor } from './executor.ts'
import { teams } from './schema.ts'

type Teams = Pick<GoalRecords, 'teams' | 'team' | 'saveTeam'>

export function createTeams(db: Executor): Teams {
  return {
    async teams() {
      const rows = await db.select().from(teams).orderBy(asc(teams.key))
      return rows.map(teamOf)
    },

    async team(key) {
      const rows = await db.select().from(teams).where(eq(teams.key, key))
      return rows[0] === undefined ? null : teamOf(rows[0])
    },

    async saveTeam({ anchorIssue, ...team }) {
      const row = {
        ...team,
        anchorSiteId: anchorIssue?.siteId ?? null,
        anchorIssueId: anchorIssue?.issueId ?? null,
      }
      await db.insert(teams).values(row).onConflictDoUpdate({ target: teams.key, set: row })
    },
  }
}

function teamOf({ anchorSiteId, anchorIssueId, ...team }: typeof teams.$inferSelect): Team {
  const anchorIssue =
    anchorSiteId === null || anchorIssueId === null ? null : { siteId: anchorSiteId, issueId: anchorIssueId }
  return { ...team, anchorIssue }
}
