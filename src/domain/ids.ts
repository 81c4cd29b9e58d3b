/** Identifiers that travel between Jira, the record and the API. Jira's own ids are kept as Jira writes them. */

/** A connected Jira instance, as it appears in the webhook path: `main`. */
export type SiteId = string

/** Jira's numeric issue id as text. Stable over moves and renames, unlike the key. */
export type IssueId = string

/** Jira's numeric sprint id. Names are historic: never join by them. */
export type SprintId = number

/** `KR-12` */
export type KeyResultKey = string & { readonly __brand: 'KeyResultKey' }

/** `O-3` */
export type ObjectiveKey = string & { readonly __brand: 'ObjectiveKey' }

/** `INI-4` */
export type InitiativeKey = string & { readonly __brand: 'InitiativeKey' }

/** `KPI-2` */
export type KpiKey = string & { readonly __brand: 'KpiKey' }

/** A cycle's name chosen by people: `2026-Q4` */
export type CycleKey = string & { readonly __brand: 'CycleKey' }

/** A team's short name chosen by people: `search` */
export type TeamKey = string & { readonly __brand: 'TeamKey' }

const KEY_RESULT_KEY = /^KR-[1-9]\d{0,8}$/
const OBJECTIVE_KEY = /^O-[1-9]\d{0,8}$/
const INITIATIVE_KEY = /^INI-[1-9]\d{0,8}$/
const KPI_KEY = /^KPI-[1-9]\d{0,8}$/
/** What people name things by in addresses: letters, digits, dot, dash and underscore, at most 40. */
const CHOSEN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/

/** Reads `KR-12` in any case; null when it is not a key result key. */
export function parseKeyResultKey(text: string): KeyResultKey | null {
  const upper = text.trim().toUpperCase()
  return KEY_RESULT_KEY.test(upper) ? (upper as KeyResultKey) : null
}

export function parseObjectiveKey(text: string): ObjectiveKey | null {
  const upper = text.trim().toUpperCase()
  return OBJECTIVE_KEY.test(upper) ? (upper as ObjectiveKey) : null
}

export function parseInitiativeKey(text: string): InitiativeKey | null {
  const upper = text.trim().toUpperCase()
  return INITIATIVE_KEY.test(upper) ? (upper as InitiativeKey) : null
}

export function parseKpiKey(text: string): KpiKey | null {
  const upper = text.trim().toUpperCase()
  return KPI_KEY.test(upper) ? (upper as KpiKey) : null
}

/** Above this, keys that count on from a chosen one would soon have too many digits. */
export const HIGHEST_CHOSEN_NUMBER = 99_999_999

/** 12 of `O-12` or `KR-12`: the order in which people count them. */
export function numberOf(key: KeyResultKey | ObjectiveKey | InitiativeKey | KpiKey): number {
  return Number(key.slice(key.indexOf('-') + 1))
}

/** Letters, digits, dot, dash and underscore, at most 40: it stands in URLs as it is. */
export function parseCycleKey(text: string): CycleKey | null {
  return CHOSEN_NAME.test(text) ? (text as CycleKey) : null
}

/** As a cycle's key. */
export function parseTeamKey(text: string): TeamKey | null {
  return CHOSEN_NAME.test(text) ? (text as TeamKey) : null
}
