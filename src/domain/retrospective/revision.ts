import type { Authorship } from '../authorship.ts'
import type { Cycle, KeyResult, ValueOverride } from '../goals.ts'
import type { Measure } from '../measures/measure.ts'
import { renamedSteps } from '../measures/milestones.ts'
import type { CalendarDay, EpochMs } from '../time.ts'

/** Who says that they made a change, and why; null: nobody says. */
export type Why = Pick<Authorship, 'by' | 'reason'>

/** One change of a key result, as the audit log keeps it. */
export type Revision =
  | {
      /** It came about, or was carried into the cycle: before that it had no place in it. */
      readonly kind: 'entered'
      readonly at: EpochMs
    }
  | ({
      readonly kind: 'changed'
      readonly at: EpochMs
      readonly before: KeyResult
      readonly after: KeyResult
    } & Why)
  | {
      /** A person’s value was put over the measured one, or taken back. */
      readonly kind: 'overridden'
      readonly at: EpochMs
      readonly before: ValueOverride | null
    }

/**
 * It was carried over into another cycle. There it enters with that; in a cycle that it left for the other one before
 * that, and came back to, it is a change like any other.
 */
export interface Carriage extends Why {
  readonly kind: 'carried'
  readonly at: EpochMs
  readonly before: KeyResult
  readonly after: KeyResult
}

/**
 * What was made of a key result as it is told in a cycle.
 * @param carriedIn when it was carried into this very cycle; null: it was not
 */
export function revisionsWithin(
  revisions: readonly (Revision | Carriage)[],
  carriedIn: EpochMs | null,
): Revision[] {
  return revisions.map((revision) => {
    if (revision.kind !== 'carried') return revision
    const { at } = revision
    return at === carriedIn ? { kind: 'entered', at } : { ...revision, kind: 'changed' }
  })
}

/** A change of the cycle’s last day. */
export interface CycleRevision extends Why {
  readonly at: EpochMs
  readonly before: CalendarDay
  readonly after: CalendarDay
}

/**
 * A key result as it is graded: by what it was at the end, whatever was made of it afterwards. One that only came about
 * afterwards is graded as it is. What it is called is told as it is now.
 *
 * @param revisions ascending
 */
export function keyResultAsOf(now: KeyResult, revisions: readonly Revision[], asOf: EpochMs): KeyResult {
  const later = revisions.filter(({ at }) => at > asOf)
  if (later.length === 0 || later.some(({ kind }) => kind === 'entered')) return now
  const changed = later.find((revision) => revision.kind === 'changed')
  const overridden = later.find((revision) => revision.kind === 'overridden')
  const was = changed?.before ?? now
  const { objective, weight, dueDay, plan, intendedSharePercent, archivedAt } = was
  const measure = calledAsNow(was.measure, later)
  const isOverriddenFirst = overridden !== undefined && (changed === undefined || overridden.at <= changed.at)
  const valueOverride = isOverriddenFirst ? overridden.before : was.valueOverride
  const asThen = { objective, measure, weight, dueDay, plan, intendedSharePercent, archivedAt, valueOverride }
  return { ...now, ...asThen }
}

/** A ladder of then with the titles its steps have now: what was ticked of a step goes by the title it has now. */
function calledAsNow(then: Measure, later: readonly Revision[]): Measure {
  if (then.kind !== 'milestones') return then
  let { steps } = then
  for (const revision of later) {
    if (revision.kind !== 'changed') continue
    const renamed = renamedSteps(revision.before.measure, revision.after.measure)
    const titles = new Map(renamed.map(({ from, to }) => [from, to]))
    steps = steps.map((step) => ({ ...step, title: titles.get(step.title) ?? step.title }))
  }
  return { ...then, steps }
}

/** The last day of the cycle at an instant. */
export function endDayAt(
  { endDay }: Pick<Cycle, 'endDay'>,
  revisions: readonly CycleRevision[],
  at: EpochMs,
): CalendarDay {
  return revisions.find((revision) => revision.at > at)?.before ?? endDay
}
