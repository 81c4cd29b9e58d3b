import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import type { EvaluationRules } from '../../src/domain/contributions/evaluate.ts'
import { parseKeyResultKey, type KeyResultKey } from '../../src/domain/ids.ts'
import type { ManualLink } from '../../src/domain/links/manual-link.ts'
import type { FieldChange, IssueChange, IssueHistory, IssueState } from '../../src/domain/mirror/issue.ts'
import { DEFAULT_LABEL_PATTERN } from '../../src/domain/site.ts'
import { DAY_MS, type EpochMs } from '../../src/domain/time.ts'

/** 2026-10-01T00:00:00Z, a Thursday, the first day of 2026-Q4. */
export const START: EpochMs = Date.UTC(2026, 9, 1)

/** The start of the n-th day of the quarter; 0 is its first. */
export const day = (n: number): EpochMs => START + n * DAY_MS

/** The simplest workflow, by status id. Names are nowhere: nothing may depend on them. */
export const TO_DO = '1'
export const DOING = '2'
export const DONE = '3'
export const CATEGORIES = new Map([
  [TO_DO, 'new'],
  [DOING, 'indeterminate'],
  [DONE, 'done'],
] as const)

export const WONT_DO = { id: '10001', name: "Won't Do" }

function keyResult(text: string): KeyResultKey {
  const key = parseKeyResultKey(text)
  if (key === null) throw new Error(`${text} is no key result key`)
  return key
}

export const KR1 = keyResult('KR-1')
export const KR2 = keyResult('KR-2')

export const LINK_RULES = compileLinkRules(DEFAULT_LABEL_PATTERN)

export const RULES: EvaluationRules = {
  links: LINK_RULES,
  notDelivered: { resolutionIds: new Set() },
  categories: CATEGORIES,
  sizeUnits: new Map([
    [KR1, 'points'],
    [KR2, 'count'],
  ] as const),
}

/** A story to do, without labels, estimate, parent or sprint. */
export function issueState(given: Partial<IssueState> = {}): IssueState {
  return {
    key: 'PROJ-1',
    projectId: '10000',
    summary: 'Pay by phone',
    level: 0,
    statusId: TO_DO,
    statusName: '',
    statusCategory: CATEGORIES.get((given.statusId ?? TO_DO) as typeof TO_DO) ?? 'indeterminate',
    resolution: null,
    labels: [],
    keyResultField: [],
    parentId: null,
    parentKey: null,
    points: null,
    numbers: {},
    sprintIds: [],
    isFlagged: false,
    assigneeId: null,
    ...given,
  }
}

type ChangeAt = readonly [at: EpochMs, change: FieldChange]

/** A history of changes in the order given; their ids ascend. */
export function issueHistory(
  given: Partial<Omit<IssueHistory, 'changes' | 'current'>> & { state?: Partial<IssueState> } = {},
  ...changes: ChangeAt[]
): IssueHistory {
  const { state, ...history } = given
  return {
    issueId: '1',
    createdAt: START,
    deletedAt: null,
    current: issueState(state),
    changes: changes.map(([at, change], index) => issueChange(at, change, 100 + index)),
    ...history,
  }
}

export function issueChange(at: EpochMs, change: FieldChange, changeId: number): IssueChange {
  return { ...change, at, changeId: String(changeId) }
}

/** A status change, as the commonest of all. */
export function moved(at: EpochMs, from: string, to: string): ChangeAt {
  return [at, { field: 'status', from, to }]
}

export function manualLink(given: Partial<ManualLink> = {}): ManualLink {
  return {
    keyResult: KR1,
    siteId: 'main',
    issueId: '1',
    role: 'drives',
    sharePercent: 100,
    linkedAt: START,
    unlinkedAt: null,
    ...given,
  }
}
