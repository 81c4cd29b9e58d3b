import type { Author } from '../../domain/authorship.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { DocumentPath, OkrDocument } from '../../domain/okrs/okr-document.ts'
import type { OkrPlan, PlanOptions, PlanProblem } from '../../domain/okrs/plan.ts'
import { toldOnce } from '../../domain/okrs/told-once.ts'
import type { EpochMs } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import type { ChangeDeps } from '../goals/change-goals.ts'
import { ringFor } from '../goals/ring-for.ts'
import type { Records } from '../ports/records.ts'
import { rememberDocument } from './remember-document.ts'
import { saveChanges } from './save-changes.ts'
import { tellChanges } from './tell-changes.ts'
import { workOut } from './plan-okrs.ts'

export interface ApplyOptions extends PlanOptions {
  /** The fingerprint of the plan that was shown: nothing else is done. Left out: whatever the plan is now. */
  readonly expectedPlan?: string | undefined
  /** Where a place of the document stands in a file. */
  readonly lineOf?: LineOf | undefined
  /** Told before each part of the work begins. */
  readonly onStage?: ((stage: ApplyStage) => void) | undefined
}

/** - `comparing` with what is stored - `writing` the goals - `telling` the audit log, the feed and the recomputation */
export type ApplyStage = 'comparing' | 'writing' | 'telling'

type LineOf = (path: DocumentPath) => number | null

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
  const { database, clock, doorbell, ...author } = deps
  const { plan, marked } = await database.transaction(async (records) => {
    await records.goals.lockForChange()
    return applyWithin(records, document, { ...options, now: clock.now(), author })
  })
  await ringFor(doorbell, marked)
  return plan
}

/**
 * The same as a part of a transaction that holds the lock for changes.
 *
 * @returns with the key results it marked: whoever commits them rings for them
 */
export async function applyWithin(
  records: Records,
  document: OkrDocument,
  { now, author, ...options }: ApplyOptions & { readonly now: EpochMs; readonly author: Author },
): Promise<{ readonly plan: OkrPlan; readonly marked: readonly KeyResultKey[] }> {
  options.onStage?.('comparing')
  const working = await workOut(records, document, options, now)
  if (!('plan' in working)) throw refusal(working.problems, options.lineOf)
  const { plan } = working
  requireExpected(plan, options.expectedPlan)
  options.onStage?.('writing')
  if (options.archiveMissing) await rememberDocument(records, document, working, now)
  if (plan.changes.length === 0) return { plan, marked: [] }
  await saveChanges(records, working)
  options.onStage?.('telling')
  const marks = await tellChanges(records, working, { now, author })
  return { plan, marked: marks.map(({ keyResult }) => keyResult) }
}

function requireExpected({ fingerprint, changes }: OkrPlan, expected: string | undefined): void {
  if (expected === undefined || expected === fingerprint) return
  throw new ThroughlineError(
    'OKR_PLAN_CHANGED',
    `The plan is another one than was shown: the goals were changed meanwhile. It now has ${changes.length} changes ` +
      `(${fingerprint}). Look at the new plan, then apply it.`,
  )
}

/** Everything that keeps a document from being applied, as one error: from the top of the file, where it is one. */
export function refusal(problems: readonly PlanProblem[], lineOf: LineOf = () => null): ThroughlineError {
  const isConflict = problems.every(({ kind }) => kind === 'conflict')
  const placed = toldOnce(problems)
    .map((problem) => ({ ...problem, line: problem.path === null ? null : lineOf(problem.path) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  const [first] = placed
  const count = placed.length === 1 ? '' : ` It is one of ${placed.length} problems.`
  return new ThroughlineError(
    isConflict ? 'OKR_APPLY_CONFLICT' : 'OKR_INPUT_INVALID',
    `Nothing was applied: ${first?.message ?? ''}.${count}`,
    {
      problems: placed.map(({ path, subject, message, line }) => ({
        field: path === null ? subject : path.join('.'),
        message: line === null ? message : `line ${line}: ${message}`,
      })),
    },
  )
}
