import type { Initiative } from '../../domain/goals.ts'
import type { InitiativeKey } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import {
  changedProperties,
  changeGoals,
  withChanges,
  type Change,
  type ChangeDeps,
  type Changes,
} from '../goals/change-goals.ts'
import { keyTaken, requireChoosableKey } from '../goals/chosen-key.ts'
import { findLiveIssue, type NamedIssue } from '../goals/find-issue.ts'
import { findKeyResult, findLiveKeyResult, requireOpenCycle } from '../goals/find-goals.ts'
import type { Records } from '../ports/records.ts'

/** An initiative as it is written: its issue is named as people name it. */
export type InitiativeInput = Omit<Initiative, 'key' | 'issue' | 'archivedAt'> & {
  readonly issue: NamedIssue | null
}

export type NewInitiative = InitiativeInput & {
  /** null: the next free `INI-n`. */
  readonly key: InitiativeKey | null
}

/**
 * Creates an initiative. It never moves its key result: linked work does. Throws `OKR_INITIATIVE_EXISTS`,
 * `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, `OKR_SITE_UNKNOWN`, `OKR_ISSUE_UNKNOWN` and
 * `OKR_INPUT_INVALID`.
 */
export function createInitiative(deps: ChangeDeps, input: NewInitiative): Promise<Initiative> {
  return changeGoals(deps, async (records) => {
    requireChoosableKey(input.key)
    if (input.key !== null && (await records.initiatives.initiative(input.key)) !== null) {
      throw keyTaken('OKR_INITIATIVE_EXISTS', 'an initiative', input.key)
    }
    await findLiveKeyResult(records, input.keyResult)
    const issue = await issueOf(records, input.issue)
    const after: Initiative = {
      ...input,
      issue,
      key: input.key ?? (await records.initiatives.nextKey()),
      archivedAt: null,
    }
    await records.initiatives.insert(after)
    const data = { keyResult: after.keyResult, title: after.title }
    const feed = { kind: 'initiative.created', data } as const
    const record = { action: 'initiative.create', subject: after.key, before: null, after, feed }
    return { result: after, record }
  })
}

/** Throws `OKR_INITIATIVE_NOT_FOUND` and `OKR_INITIATIVE_ARCHIVED` beside what the creation throws. */
export function updateInitiative(
  deps: ChangeDeps,
  { key, changes }: { readonly key: InitiativeKey; readonly changes: Changes<InitiativeInput> },
): Promise<Initiative> {
  return changeGoals(deps, async (records) => {
    const before = await findInitiative(records, key)
    const { issue, ...own } = changes
    const found = issue === undefined ? undefined : await issueOf(records, issue)
    const after = withChanges(before, { ...own, issue: found })
    if (changedProperties(before, after).length === 0) return { result: before, record: null }
    if (before.archivedAt !== null) throw isArchived(key)
    // Also where it comes from: what belongs to a closed cycle stays as it was.
    for (const keyResult of new Set([before.keyResult, after.keyResult])) {
      await findLiveKeyResult(records, keyResult)
    }
    return changed(records, before, after)
  })
}

/** Takes an initiative out of the lists. Archiving an archived one changes nothing. */
export function archiveInitiative(
  deps: ChangeDeps,
  { key }: { readonly key: InitiativeKey },
): Promise<Initiative> {
  return changeGoals(deps, async (records, now) => {
    const before = await findInitiative(records, key)
    if (before.archivedAt !== null) return { result: before, record: null }
    const { cycle } = await findKeyResult(records, before.keyResult)
    requireOpenCycle(cycle)
    const after: Initiative = { ...before, archivedAt: now }
    await records.initiatives.update(after)
    const feed = { kind: 'initiative.archived', data: { keyResult: after.keyResult } } as const
    return { result: after, record: { action: 'initiative.archive', subject: key, before, after, feed } }
  })
}

/** Throws `OKR_KEY_RESULT_ARCHIVED` while its key result is archived. */
export function restoreInitiative(
  deps: ChangeDeps,
  { key }: { readonly key: InitiativeKey },
): Promise<Initiative> {
  return changeGoals(deps, async (records) => {
    const before = await findInitiative(records, key)
    if (before.archivedAt !== null) await findLiveKeyResult(records, before.keyResult)
    return changed(records, before, { ...before, archivedAt: null }, 'initiative.restore')
  })
}

/** The initiative of this key, archived or not. Throws `OKR_INITIATIVE_NOT_FOUND`. */
export async function findInitiative(
  { initiatives }: Pick<Records, 'initiatives'>,
  key: InitiativeKey,
): Promise<Initiative> {
  const initiative = await initiatives.initiative(key)
  if (initiative === null) {
    throw new ThroughlineError('OKR_INITIATIVE_NOT_FOUND', `There is no initiative ${key}.`)
  }
  return initiative
}

function isArchived(key: InitiativeKey): ThroughlineError {
  return new ThroughlineError(
    'OKR_INITIATIVE_ARCHIVED',
    `${key} is archived and no longer changes. Restore it first.`,
  )
}

async function changed(
  records: Records,
  before: Initiative,
  after: Initiative,
  action = 'initiative.update',
): Promise<Change<Initiative>> {
  const properties = changedProperties(before, after)
  if (properties.length === 0) return { result: before, record: null }
  await records.initiatives.update(after)
  const data = { keyResult: after.keyResult, changed: properties }
  const feed = { kind: 'initiative.updated', data } as const
  return { result: after, record: { action, subject: after.key, before, after, feed } }
}

async function issueOf(records: Records, named: NamedIssue | null): Promise<Initiative['issue']> {
  if (named === null) return null
  const { siteId, issueId } = await findLiveIssue(records, named)
  return { siteId, issueId }
}
