import { ThroughlineError, type ErrorCode } from '../../app/errors.ts'
import type { NamedIssue } from '../../app/goals/find-issue.ts'
import {
  parseCycleKey,
  parseInitiativeKey,
  parseKeyResultKey,
  parseKpiKey,
  parseObjectiveKey,
  parseTeamKey,
  type CycleKey,
  type InitiativeKey,
  type KeyResultKey,
  type KpiKey,
  type ObjectiveKey,
  type TeamKey,
} from '../../domain/ids.ts'

/** An issue as it is named in a body; null for none. */
export function issueNamed(
  given: { readonly site: string; readonly issue: string } | null,
): NamedIssue | null {
  return given === null ? null : { siteId: given.site, issue: given.issue }
}

/** Keys as they stand in an address. A text that is no key names nothing: not found, like a key nobody has. */

export function cycleNamed(text: string): CycleKey {
  return parseCycleKey(text) ?? missing('OKR_CYCLE_NOT_FOUND', 'cycle', text)
}

export function objectiveNamed(text: string): ObjectiveKey {
  return parseObjectiveKey(text) ?? missing('OKR_OBJECTIVE_NOT_FOUND', 'objective', text)
}

export function keyResultNamed(text: string): KeyResultKey {
  return parseKeyResultKey(text) ?? missing('OKR_KEY_RESULT_NOT_FOUND', 'key result', text)
}

export function initiativeNamed(text: string): InitiativeKey {
  return parseInitiativeKey(text) ?? missing('OKR_INITIATIVE_NOT_FOUND', 'initiative', text)
}

export function kpiNamed(text: string): KpiKey {
  return parseKpiKey(text) ?? missing('OKR_KPI_NOT_FOUND', 'KPI', text)
}

export function teamNamed(text: string): TeamKey {
  return parseTeamKey(text) ?? missing('OKR_TEAM_NOT_FOUND', 'team', text)
}

function missing(code: Extract<ErrorCode, `${string}_NOT_FOUND`>, what: string, text: string): never {
  throw new ThroughlineError(code, `There is no ${what} ${text}.`)
}
