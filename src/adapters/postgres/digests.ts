import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { DigestRecords } from '../../app/ports/digests.ts'
import type { KeyResultKey, TeamKey } from '../../domain/ids.ts'
import type { Numbers } from '../../domain/snapshot.ts'
import type { Executor } from './executor.ts'
import { keyResults, objectives, teamDigests } from './schema.ts'

export function createDigestRecords(db: Executor): DigestRecords {
  return {
    async lastDueAts(teams) {
      const { rows } = await db.execute<{ team: TeamKey; ms: string }>(sql`
        select asked.team, extract(epoch from latest.due_at) * 1000 as ms
        from unnest(${sql.param([...teams])}::text[]) as asked (team)
        cross join lateral (
          select due_at from team_digests where team = asked.team order by day desc limit 1) as latest`)
      return new Map(rows.map(({ team, ms }) => [team, Number(ms)]))
    },

    async claim(digest) {
      const rows = await db
        .insert(teamDigests)
        .values(digest)
        .onConflictDoNothing()
        .returning({ team: teamDigests.team })
      return rows.length > 0
    },

    async keep(team, day, digest) {
      await db
        .update(teamDigests)
        .set({ digest })
        .where(and(eq(teamDigests.team, team), eq(teamDigests.day, day)))
    },

    async keyResultsOf(team) {
      const rows = await db
        .select({ key: keyResults.key })
        .from(keyResults)
        .innerJoin(objectives, eq(objectives.key, keyResults.objective))
        .where(and(eq(objectives.team, team), isNull(objectives.archivedAt), isNull(keyResults.archivedAt)))
        .orderBy(asc(keyResults.number))
      return rows.map(({ key }) => key)
    },

    async numbersAt(keys, at) {
      const { rows } = await db.execute<{ key: KeyResultKey; numbers: Numbers; cursor: string }>(sql`
        select wanted.key, latest.numbers, latest.movement_cursor as cursor
        from unnest(${sql.param([...keys])}::text[]) as wanted (key)
        cross join lateral (
          select numbers, movement_cursor from snapshots
          where key_result = wanted.key and as_of <= ${new Date(at).toISOString()}::timestamptz
          order by id desc limit 1) as latest`)
      return new Map(
        rows.map(({ key, numbers, cursor }) => [key, { numbers, movementCursor: Number(cursor) }]),
      )
    },
  }
}
