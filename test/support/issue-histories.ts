import fc from 'fast-check'
import type { ManualLink } from '../../src/domain/links/manual-link.ts'
import type { FieldChange, IssueChange, IssueHistory, IssueState } from '../../src/domain/mirror/issue.ts'
import type { EpochMs } from '../../src/domain/time.ts'
import type { Family } from './families.ts'
import {
  CATEGORIES,
  day,
  DOING,
  DONE,
  issueChange,
  issueState,
  KR1,
  KR2,
  manualLink,
  START,
  TO_DO,
  WONT_DO,
} from './issues.ts'

/** An issue whose whole past is known: what Jira would tell of it, and what it truly was from each instant on. */
export interface KnownPast {
  readonly history: IssueHistory
  /** Ascending; of several at one instant the last is what it was. */
  readonly states: readonly { readonly at: EpochMs; readonly state: IssueState }[]
}

/** What an issue truly was at an instant; null before its creation and from its deletion on. */
export function trueStateAt({ history, states }: KnownPast, at: EpochMs): IssueState | null {
  if (history.deletedAt !== null && at >= history.deletedAt) return null
  return states.findLast((entry) => entry.at <= at)?.state ?? null
}

/** Half days, so that changes often share an instant, over some six weeks. */
const anyGap = fc.nat({ max: 4 }).map((halfDays) => (halfDays * (day(1) - START)) / 2)
export const anyInstant: fc.Arbitrary<EpochMs> = fc
  .nat({ max: 90 })
  .map((halfDays) => day(-2) + (halfDays * (day(1) - START)) / 2)

const anyLabels = fc.subarray(['KR-1', 'kr:2', 'kr:none', 'ui'])
const anyPoints = fc.constantFrom(null, 0, 0.5, 1, 2, 3, 5, 8, 13)
const anySprints = fc.subarray([7, 8, 9])

type Edit = { readonly field: EditedField; readonly to: unknown }

function anyEdit(parentIds: readonly string[]): fc.Arbitrary<Edit> {
  const edit = (field: EditedField, to: fc.Arbitrary<unknown>) =>
    to.map((value): Edit => ({ field, to: value }))
  return fc.oneof(
    { weight: 4, arbitrary: edit('status', fc.constantFrom(TO_DO, DOING, DONE)) },
    {
      weight: 2,
      arbitrary: edit('resolution', fc.constantFrom(null, { id: '10000', name: 'Done' }, WONT_DO)),
    },
    { weight: 3, arbitrary: edit('labels', anyLabels) },
    { weight: 2, arbitrary: edit('keyResultField', fc.subarray(['KR-1', 'KR-2'])) },
    { weight: 2, arbitrary: edit('points', anyPoints) },
    { weight: 2, arbitrary: edit('sprint', anySprints) },
    { weight: 2, arbitrary: edit('parent', fc.constantFrom(null, ...parentIds)) },
    { weight: 1, arbitrary: edit('customfield_10050', fc.option(fc.nat(20))) },
    { weight: 1, arbitrary: edit('flag', fc.boolean()) },
    { weight: 1, arbitrary: edit('assignee', fc.constantFrom(null, 'ann', 'bo')) },
    { weight: 1, arbitrary: edit('key', fc.constantFrom('PROJ-1', 'OTHER-7')) },
    { weight: 1, arbitrary: edit('project', fc.constantFrom('10000', '20000')) },
  )
}

/** What blocks an issue is no part of its state. */
type EditedField = Exclude<FieldChange['field'], `blocker:${string}`>
type NumberField = Extract<EditedField, `customfield_${number}`>

const STATE_OF_FIELD = {
  status: 'statusId',
  resolution: 'resolution',
  sprint: 'sprintIds',
  points: 'points',
  labels: 'labels',
  keyResultField: 'keyResultField',
  parent: 'parentId',
  flag: 'isFlagged',
  assignee: 'assigneeId',
  key: 'key',
  project: 'projectId',
} as const satisfies Record<Exclude<EditedField, NumberField>, keyof IssueState>

function isNumberField(field: EditedField): field is NumberField {
  return field.startsWith('customfield_')
}

function apply(state: IssueState, { field, to }: Edit): { state: IssueState; change: FieldChange } {
  if (isNumberField(field)) {
    const numbers = Object.fromEntries(
      Object.entries({ ...state.numbers, [field]: to as number | null }).filter(
        ([, value]) => value !== null,
      ),
    ) as Record<string, number>
    const change = { field, from: state.numbers[field] ?? null, to } as FieldChange
    return { state: { ...state, numbers }, change }
  }
  const next = { ...state, [STATE_OF_FIELD[field]]: to }
  const statusCategory = CATEGORIES.get(next.statusId as typeof TO_DO)!
  const change = { field, from: state[STATE_OF_FIELD[field]], to } as FieldChange
  return { state: { ...next, statusCategory }, change }
}

/** An issue that lives through up to a dozen edits, some at one instant, and may be deleted at last. */
export function anyPast(
  issueId = '1',
  { parentIds = [], level = 0 }: { parentIds?: readonly string[]; level?: IssueState['level'] } = {},
): fc.Arbitrary<KnownPast> {
  return fc
    .record({
      born: fc.record({
        statusId: fc.constantFrom(TO_DO, DOING),
        labels: anyLabels,
        points: anyPoints,
        sprintIds: anySprints,
        parentId: fc.constantFrom(null, ...parentIds),
      }),
      createdAfter: anyGap,
      edits: fc.array(fc.tuple(anyGap, anyEdit(parentIds)), { maxLength: 12 }),
      deletedAfter: fc.option(anyGap, { freq: 5 }),
    })
    .map(({ born, createdAfter, edits, deletedAfter }) => {
      const createdAt = START + createdAfter
      let at = createdAt
      let state = issueState({ key: `PROJ-${issueId}`, level, ...born })
      const states = [{ at, state }]
      const changes: IssueChange[] = []
      for (const [gap, edit] of edits) {
        at += gap
        const edited = apply(state, edit)
        state = edited.state
        states.push({ at, state })
        changes.push(issueChange(at, edited.change, Number(issueId) * 1_000 + changes.length))
      }
      const deletedAt = deletedAfter === null ? null : at + deletedAfter
      return { history: { issueId, createdAt, deletedAt, current: state, changes }, states }
    })
}

/** Issues of a family with their true pasts. */
export interface KnownFamily extends Family {
  readonly pasts: readonly KnownPast[]
}

const anyManualLink: fc.Arbitrary<ManualLink> = fc
  .record({
    keyResult: fc.constantFrom(KR1, KR2),
    issueId: fc.constantFrom('1', '2', '3', '4'),
    role: fc.constantFrom('drives', 'supports'),
    sharePercent: fc.integer({ min: 1, max: 100 }),
    linkedAt: anyInstant,
    lasts: fc.option(anyGap),
  })
  .map(({ lasts, ...link }) =>
    manualLink({ ...link, unlinkedAt: lasts === null ? null : link.linkedAt + lasts }),
  )

/**
 * A sub-task, a story and two epics that change parents as Jira allows; now and then, anything stands under anything,
 * itself included.
 */
export const anyFamily: fc.Arbitrary<KnownFamily> = fc.boolean().chain((isBroken) => {
  const anywhere = ['1', '2', '3', '4']
  const under = (parentIds: string[]) => ({ parentIds: isBroken ? anywhere : parentIds })
  return fc
    .record({
      pasts: fc.tuple(
        anyPast('1', { ...under(['2']), level: -1 }),
        anyPast('2', under(['3', '4'])),
        anyPast('3', { ...under(['4']), level: 1 }),
        anyPast('4', { ...under([]), level: 1 }),
      ),
      manualLinks: fc.array(anyManualLink, { maxLength: 3 }),
    })
    .map(({ pasts, manualLinks }) => ({ pasts, manualLinks, issues: pasts.map(({ history }) => history) }))
})
