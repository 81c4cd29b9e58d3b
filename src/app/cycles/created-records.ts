import type { Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import type { ChangeRecord } from '../goals/change-goals.ts'

/** What the audit log and the feed say of goals that come about together with others. */

export function createdObjective(objective: Objective): ChangeRecord {
  const { key, cycle, title } = objective
  return {
    action: 'objective.create',
    subject: key,
    before: null,
    after: objective,
    feed: { kind: 'objective.created', data: { cycle, title } },
  }
}

export function createdKeyResult(keyResult: KeyResult, cycle: Cycle): ChangeRecord {
  const { key, objective, title } = keyResult
  return {
    action: 'key_result.create',
    subject: key,
    before: null,
    after: keyResult,
    feed: { kind: 'key_result.created', data: { objective, cycle: cycle.key, title } },
  }
}
