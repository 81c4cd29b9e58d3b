import type { SiteId } from './ids.ts'
import type { EpochMs } from './time.ts'

export type Deployment = 'cloud' | 'datacenter'

/** A custom field by id, with its name for changelogs of Server, which name fields without their id. */
export interface CustomField {
  readonly id: string
  readonly name: string
}

/** A type of links between issues. Names differ by site and language; the id stays. */
export interface LinkType {
  readonly id: string
  readonly name: string
  /** What it says of the issue that the link points at: `is blocked by`. */
  readonly inward: string
}

/** What Jira's own type of blocking links is called, in any case, until a site renames it. */
export const USUAL_BLOCKING = { name: 'blocks', inward: 'is blocked by' }

export interface BlockingType extends LinkType {
  /** What changelogs may call it beside `inward`: what it was called before, and no other type is called. */
  readonly otherNames: readonly string[]
}

/** Which of a site's custom fields mean something here. Found by schema and board configuration on `connect`. */
export interface SiteFields {
  readonly sprint: CustomField | null
  /** In order of preference: an issue's points are its first of these that holds a number. */
  readonly points: readonly CustomField[]
  /** Every field that holds a number: key results may sum or size by any of them. */
  readonly numbers: readonly CustomField[]
  /** Jira's flag: an issue that has any of its options is an impediment. */
  readonly flag: CustomField | null
  /** Classic Epic Link, whose value is the epic's key. */
  readonly epicLink: CustomField | null
  /** The field that holds KR keys, when the site has one. */
  readonly keyResult: CustomField | null
  /** The links that say that one issue blocks another; null: told by Jira's usual names. */
  readonly blocks: BlockingType | null
}

export const NO_FIELDS: SiteFields = {
  sprint: null,
  points: [],
  numbers: [],
  flag: null,
  epicLink: null,
  keyResult: null,
  blocks: null,
}

/** What Throughline knows of a connected Jira. No secret is part of it. */
export interface Site {
  readonly id: SiteId
  readonly baseUrl: string
  readonly deployment: Deployment
  readonly fields: SiteFields
  /** Resolutions an administrator counts as not delivered, beside the well-known names. */
  readonly notDeliveredResolutionIds: readonly string[]
  /** Pattern for labels that name a key result; its first group holds the key or its number. */
  readonly labelPattern: string
  /** The account Throughline acts as: its own comments come back as webhooks. */
  readonly accountId: string | null
  readonly connectedAt: EpochMs | null
}

/** `KR-12`, `kr:12`, `okr/KR-12`; any case. */
export const DEFAULT_LABEL_PATTERN = '^(?:okr/)?kr[-:]([0-9]+)$'
