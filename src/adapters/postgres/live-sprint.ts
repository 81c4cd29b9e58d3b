import { sql } from 'drizzle-orm'
import { sprints } from './schema.ts'

/** A sprint that was not deleted: a description that is younger than the deletion disproves it. */
export const IS_LIVE_SPRINT = sql`(${sprints.deletedAt} is null or ${sprints.deletedAt} < ${sprints.versionAt})`
