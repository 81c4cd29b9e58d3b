import type { CycleKey, KeyResultKey } from '../ids.ts'
import type { RollUpKeyResult } from '../roll-up/terms.ts'
import type { CalendarDay } from '../time.ts'

/** A key result as the alignment sees it: its latest numbers, and what it leans on. */
export interface AlignedKeyResult extends RollUpKeyResult {
  readonly title: string
  readonly cycle: CycleKey
  /** Its own, or the end of its cycle. */
  readonly dueDay: CalendarDay
  readonly dependsOn: readonly KeyResultKey[]
}
