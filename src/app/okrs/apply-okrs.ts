import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import type { OkrPlan, PlanOptions, PlanProblem } from '../../domain/okrs/plan.ts'
import { ThroughlineError } from '../errors.ts'
import type { ChangeDeps } from '../goals/change-goals.ts'
import { rememberDocument } from './remember-document.ts'
import { saveChanges } from './save-changes.ts'
import { tellChanges } from './tell-changes.ts'
import { workOut } from './plan-okrs.ts'

export interface ApplyOptions extends PlanOptions {
  /** The fingerprint of the plan that was shown: nothing else is done. Left out: whatever the plan is now. */
  readonly expectedPlan?: string | undefined
}

/**
 * Makes the stored goals those of a document, in one transaction with the audit log, the feed and the marks for
 * recomputing. Applying a document again changes nothing. Throws `OKR_INPUT_INVALID` and `OKR_APPLY_CONFLICT` with
 * every problem, and `OKR_PLAN_CHANGED`.
 */
export async function applyOkrs(
  deps: ChangeDeps,
  document: OkrDocument,
  options: ApplyOptions,
): Promise<OkrPlan> {
  const { database, clock, doorbell, actor } = deps
  const { plan, dirty } = await database.transaction(async (records) => {
    await records.goals.lockForChange()
    const now = clock.now()
    const working = await workOut(records, document, options, now)
    if (!('plan' in working)) throw refusal(working.problems)
    requireExpected(working.plan, options.expectedPlan)
    if (options.archiveMissing) await rememberDocument(records, working, now)
    if (working.plan.changes.length === 0) return { plan: working.plan, dirty: [] }
    await saveChanges(records, working)
    return { plan: working.plan, dirty: await tellChanges(records, working, { now, actor }) }
  })
  for (const { keyResult } of dirty) await doorbell.ring('recompute', keyResult)
  return plan
}

function requireExpected({ fingerprint, changes }: OkrPlan, expected: string | undefined): void {
  if (expected === undefined || expected === fingerprint) return
  throw new ThroughlineError(
    'OKR_PLAN_CHANGED',
    `The plan is another one than was shown: the goals were changed meanwhile. It now has ${changes.length} changes ` +
      `(${fingerprint}). Look at the new plan, then apply it.`,
  )
}

/** Everything that keeps a document from being applied, as one error. */
export function refusal(problems: readonly PlanProblem[]): ThroughlineError {
  const isConflict = problems.every(({ kind }) => kind === 'conflict')
  const [first] = problems
  const count = problems.length === 1 ? '' : ` It is one of ${problems.length} problems.`
  return new ThroughlineError(
    isConflict ? 'OKR_APPLY_CONFLICT' : 'OKR_INPUT_INVALID',
    `Nothing was applied: ${first?.message ?? ''}.${count}`,
    {
      problems: problems.map(({ path, subject, message }) => ({
        field: path === null ? subject : path.join('.'),
        message,
      })),
    },
  )
}
