import { and, isNull, sql, type SQL } from 'drizzle-orm'
import type { AlignmentRecords, NamedEpicClaim } from '../../app/ports/alignment.ts'
import type { AlignedKeyResult } from '../../domain/alignment/aligned-goals.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { OBJECTIVE } from './goal-objectives.ts'
import { isRunningAt } from './running-key-result.ts'
import { objectives } from './schema.ts'

/** An epic is claimed by a handful of key results; a label pattern gone wrong may claim thousands. */
const MOST_CLAIMS = 10_000

export function createAlignmentRecords(db: Executor): AlignmentRecords {
  const objectivesAmong = (keys: SQL) =>
    db
      .select(OBJECTIVE)
      .from(objectives)
      .where(sql`${objectives.key} in (${keys})`)

  const keyResultsWhere = async (condition: SQL) => {
    const { rows } = await db.execute<AlignedKeyResult & Record<string, unknown>>(sql`
      select kr.key, kr.objective, kr.title, kr.weight, kr.archived_at is not null as "isArchived",
        o.cycle, coalesce(kr.due_day, cycle.end_day)::text as "dueDay", kr.depends_on as "dependsOn",
        (latest.numbers ->> 'progress')::float8 as progress,
        (latest.numbers ->> 'rawProgress')::float8 as "rawProgress",
        coalesce(latest.numbers -> 'assessment' ->> 'health', 'no_data') as health
      from key_results as kr
      join objectives as o on o.key = kr.objective
      join cycles as cycle on cycle.key = o.cycle
      left join lateral (
        select numbers from snapshots where key_result = kr.key order by id desc limit 1
      ) as latest on true
      where ${condition}`)
    return rows
  }

  return {
    async objectivesOfCycles(cycles) {
      if (cycles.length === 0) return []
      const isLive = isNull(objectives.archivedAt)
      return db
        .select(OBJECTIVE)
        .from(objectives)
        .where(and(isAnyOf(objectives.cycle, cycles), isLive))
    },

    async contributingTo(keys) {
      if (keys.length === 0) return []
      return objectivesAmong(sql`
        with recursive counted(key) as (
          select unnest(${sql.param([...keys])}::text[])
          union
          select child.key from counted
          cross join lateral (
            select key from objectives where parent = counted.key and contribution_weight is not null
            union all
            select o.key from key_results as kr
            join objectives as o on o.parent = kr.key and o.contribution_weight is not null
            where kr.objective = counted.key
          ) as child
        )
        select key from counted`)
    },

    async supportersOf(goals) {
      if (goals.length === 0) return []
      return db.select(OBJECTIVE).from(objectives).where(isAnyOf(objectives.parent, goals))
    },

    async withAncestors(keys) {
      if (keys.length === 0) return []
      return objectivesAmong(sql`
        with recursive supported(key) as (
          select unnest(${sql.param([...keys])}::text[])
          union
          select coalesce(kr.objective, o.parent) from supported
          join objectives as o on o.key = supported.key
          left join key_results as kr on kr.key = o.parent
          where o.parent is not null
        )
        select key from supported`)
    },

    async keyResultsOf(keys) {
      return keys.length === 0
        ? []
        : keyResultsWhere(sql`kr.objective = any(${sql.param([...keys])}::text[])`)
    },

    async keyResultsNamed(keys) {
      return keys.length === 0 ? [] : keyResultsWhere(sql`kr.key = any(${sql.param([...keys])}::text[])`)
    },

    async sharedEpics(keys, at) {
      if (keys.length === 0) return []
      const { rows } = await db.execute<NamedEpicClaim & Record<string, unknown>>(sql`
        with claimed as (
          select distinct site_id, issue_id from contributions
          where key_result = any(${sql.param([...keys])}::text[]) and is_anchor_candidate
        ), claims as (
          select c.site_id, c.issue_id, c.key_result, kr.objective,
            -- An epic itself only supports: what counts is the role it passes on, which a link by hand decides.
            coalesce((
              select m.role from manual_links as m
              where m.site_id = c.site_id and m.issue_id = c.issue_id
                and m.key_result = c.key_result and m.unlinked_at is null
              order by m.linked_at desc limit 1
            ), 'drives') as role
          from claimed
          join contributions as c on c.site_id = claimed.site_id and c.issue_id = claimed.issue_id
          join key_results as kr on kr.key = c.key_result
          join objectives as o on o.key = kr.objective
          join cycles as cycle on cycle.key = o.cycle
          where c.is_anchor_candidate and ${isRunningAt(at, { keyResult: 'kr', objective: 'o', cycle: 'cycle' })}
        ), shared as (
          select site_id, issue_id from claims where role = 'drives'
          group by site_id, issue_id having count(distinct objective) > 1
        )
        select claims.site_id as "siteId", claims.issue_id as "epicId", claims.key_result as "keyResult",
          claims.objective, claims.role, epic.state ->> 'key' as "epicKey"
        from shared
        join claims on claims.site_id = shared.site_id and claims.issue_id = shared.issue_id
        join issues as epic on epic.site_id = shared.site_id and epic.issue_id = shared.issue_id
        order by claims.site_id, claims.issue_id, claims.key_result
        limit ${MOST_CLAIMS}`)
      return rows
    },
  }
}
