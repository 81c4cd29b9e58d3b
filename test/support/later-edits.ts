import fc from 'fast-check'
import type { FieldChange, IssueHistory } from '../../src/domain/mirror/issue.ts'
import type { EpochMs } from '../../src/domain/time.ts'
import { DOING, DONE, issueChange, TO_DO, WONT_DO } from './issues.ts'

const STATE_OF = {
  sprint: 'sprintIds',
  status: 'statusId',
  points: 'points',
  key: 'key',
  labels: 'labels',
  resolution: 'resolution',
} as const

/** Something that somebody does to an issue when its past is over. */
export interface LaterEdit {
  readonly field: keyof typeof STATE_OF
  readonly to: unknown
}

export const anyLaterEdits: fc.Arbitrary<LaterEdit[]> = fc.array(
  fc.oneof(
    fc.record({ field: fc.constant('sprint' as const), to: fc.subarray([7, 8]) }),
    fc.record({ field: fc.constant('status' as const), to: fc.constantFrom(TO_DO, DOING, DONE) }),
    fc.record({ field: fc.constant('points' as const), to: fc.constantFrom(null, 1, 100) }),
    fc.record({ field: fc.constant('key' as const), to: fc.constantFrom('LATER-1') }),
    fc.record({ field: fc.constant('labels' as const), to: fc.subarray(['KR-1', 'kr:2', 'kr:none']) }),
    fc.record({ field: fc.constant('resolution' as const), to: fc.constantFrom(null, WONT_DO) }),
  ),
  { minLength: 1, maxLength: 6 },
)

/** The history with these edits, one after another, from an instant on and after everything before. */
export function editedFrom(history: IssueHistory, at: EpochMs, edits: readonly LaterEdit[]): IssueHistory {
  const lastAt = history.changes.at(-1)?.at ?? history.createdAt
  const from = Math.max(at, lastAt + 1)
  let { current } = history
  const changes = edits.map(({ field, to }, index) => {
    const change = { field, from: current[STATE_OF[field]], to } as FieldChange
    current = { ...current, [STATE_OF[field]]: to }
    return issueChange(from + index, change, 90_000 + index)
  })
  return { ...history, current, changes: [...history.changes, ...changes] }
}
