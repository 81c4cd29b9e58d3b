import { and, asc, eq, sql } from 'drizzle-orm'
import type { OkrSetRecords } from '../../app/ports/okr-sets.ts'
import type { AnchorIssue, Initiative, KeyResult } from '../../domain/goals.ts'
import type { Team } from '../../domain/team.ts'
import { isAnyOf } from './any-of.ts'
import { bulkUpsert } from './bulk-upsert.ts'
import type { Executor } from './executor.ts'
import { readGoalSet } from './goal-set.ts'
import { appliedGoals, audit, issues, jiraComments, milestoneIssues } from './schema.ts'

export function createOkrSetRecords(db: Executor): OkrSetRecords {
  return {
    read: (selection) => readGoalSet(db, selection),

    async save({ cycles, teams, objectives, keyResults, initiatives }) {
      const keyed = (rows: readonly object[]) => ({ key: 'key', rows: rows.map((row) => ({ ...row })) })
      await bulkUpsert(db, 'teams', keyed(teams.map(teamRow)))
      await bulkUpsert(db, 'cycles', keyed(cycles.map(dated)))
      await bulkUpsert(db, 'objectives', keyed(objectives.map(dated)))
      await bulkUpsert(db, 'key_results', keyed(keyResults.map(keyResultRow)))
      await bulkUpsert(db, 'initiatives', keyed(initiatives.map(initiativeRow)))
    },

    async saveMilestoneIssues(ofKeyResults) {
      if (ofKeyResults.length === 0) return
      const keys = ofKeyResults.map(({ keyResult }) => keyResult)
      await db.delete(milestoneIssues).where(isAnyOf(milestoneIssues.keyResult, keys))
      const rows = ofKeyResults.flatMap(({ keyResult, issues: ticking }) =>
        ticking.map(({ siteId, issueId }) => ({
          site_id: siteId,
          issue_id: issueId,
          key_result: keyResult,
        })),
      )
      if (rows.length === 0) return
      await db.execute(sql`
        insert into milestone_issues
        select * from jsonb_populate_recordset(null::milestone_issues, ${JSON.stringify(rows)}::jsonb)
        on conflict do nothing`)
    },

    async unwantComments(keys) {
      if (keys.length === 0) return
      await db
        .update(jiraComments)
        .set({ isDue: false })
        // A team may have any name, also a key result's: its digests are its own.
        .where(and(isAnyOf(jiraComments.subject, keys), sql`${jiraComments.topic} not like 'digest-%'`))
    },

    async passChosenKeys() {
      await db.execute(sql`
        select setval('objective_numbers', highest) from (select max(number)::bigint as highest from objectives) as o
        where highest >= (select last_value from objective_numbers)`)
    },

    async applied(subjects) {
      if (subjects.length === 0) return new Map()
      const rows = await db.select().from(appliedGoals).where(isAnyOf(appliedGoals.subject, subjects))
      return new Map(rows.map(({ subject, properties }) => [subject, properties]))
    },

    async saveApplied(said, at) {
      const rows = said.map((row) => ({ ...row, at: new Date(at).toISOString() }))
      await bulkUpsert(db, 'applied_goals', { key: 'subject', rows })
    },

    async origins(kind, keys) {
      const rows = await db
        .selectDistinctOn([audit.subject], {
          key: audit.subject,
          at: audit.at,
          actor: audit.actor,
          by: audit.by,
        })
        .from(audit)
        // A cycle and a team may have the same name: the action says which of them it was done to.
        .where(and(isAnyOf(audit.subject, keys), sql`split_part(${audit.action}, '.', 1) = ${kind}`))
        .orderBy(asc(audit.subject), asc(audit.id))
      return new Map(rows.map(({ key, ...origin }) => [key, origin]))
    },

    async issuesWithIds(siteId, ids) {
      if (ids.length === 0) return new Map()
      const rows = await db
        .select({
          issueId: issues.issueId,
          key: sql<string | null>`${issues.state} ->> 'key'`,
          isDeleted: sql<boolean>`${issues.deletedAt} is not null or ${issues.vanishedAt} is not null`,
        })
        .from(issues)
        .where(and(eq(issues.siteId, siteId), isAnyOf(issues.issueId, ids)))
      return new Map(
        rows.flatMap(({ issueId, key, isDeleted }) => (key === null ? [] : [[issueId, { key, isDeleted }]])),
      )
    },
  }
}

/** As JSON that PostgreSQL reads into the columns: instants as text. */
function dated<Row extends { readonly archivedAt: number | null }>(row: Row) {
  const closed = 'closedAt' in row ? { closedAt: instantText(row.closedAt as number | null) } : {}
  return { ...row, ...closed, archivedAt: instantText(row.archivedAt) }
}

function instantText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

function teamRow({ anchorIssue, ...team }: Team) {
  return { ...team, ...anchorColumns(anchorIssue) }
}

function keyResultRow({ anchorIssue, ...keyResult }: KeyResult) {
  return { ...dated(keyResult), ...anchorColumns(anchorIssue) }
}

function anchorColumns(anchor: AnchorIssue | null) {
  return { anchorSiteId: anchor?.siteId ?? null, anchorIssueId: anchor?.issueId ?? null }
}

function initiativeRow({ issue, ...initiative }: Initiative) {
  return { ...dated(initiative), siteId: issue?.siteId ?? null, issueId: issue?.issueId ?? null }
}
