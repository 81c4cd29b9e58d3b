import type { SiteId } from '../../domain/ids.ts'
import type { Site } from '../../domain/site.ts'

export interface SiteRecords {
  site(id: SiteId): Promise<Site | null>
  sites(): Promise<Site[]>
  save(site: Site): Promise<void>
}

/** How far a backfill has come; one row per run, so that a killed one goes on where it was. */
export interface Backfill {
  readonly id: number
  readonly siteId: SiteId
  readonly jql: string
  readonly stage: 'issues' | 'deletions' | 'finished'
  readonly pageToken: string | null
  readonly issues: number
  readonly changes: number
}

export interface BackfillRecords {
  start(siteId: SiteId, jql: string): Promise<Backfill>
  /**
   * The unfinished run of a site with this JQL, to go on with. Only one that saved something in the last 24 hours, by
   * the database's clock: an older one would take what it saw then for what is there now, and is abandoned.
   */
  unfinished(siteId: SiteId, jql: string): Promise<Backfill | null>
  save(backfill: Backfill): Promise<void>
  /** Notes that a run goes on, while it has nothing to save. */
  touch(id: number): Promise<void>
  /** True while a run of any site is unfinished and began, saved or went on within this time, by the database's clock. */
  isAnyUnderWay(withinMs: number): Promise<boolean>
}
