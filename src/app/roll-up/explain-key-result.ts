import type { KeyResultKey } from '../../domain/ids.ts'
import type { Objective } from '../../domain/goals.ts'
import { findKeyResult } from '../goals/find-goals.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Snapshot } from '../ports/progress.ts'
import type { Records } from '../ports/records.ts'

export interface ExplainedKeyResult extends KeyResultInContext {
  /** null until its numbers are computed for the first time. */
  readonly snapshot: Snapshot | null
  /** Objectives that contribute to it: they count in its objective, beside its own numbers. */
  readonly contributors: readonly Objective[]
}

/** A key result's latest numbers with all they follow from. Throws `OKR_KEY_RESULT_NOT_FOUND`. */
export async function explainKeyResult(
  records: Pick<Records, 'goals' | 'progress' | 'alignment'>,
  key: KeyResultKey,
): Promise<ExplainedKeyResult> {
  const found = await findKeyResult(records, key)
  const supporters = await records.alignment.supportersOf([key])
  return {
    ...found,
    snapshot: await records.progress.latestSnapshot(key),
    contributors: supporters.filter(
      ({ archivedAt, contributionWeight }) => archivedAt === null && contributionWeight !== null,
    ),
  }
}
