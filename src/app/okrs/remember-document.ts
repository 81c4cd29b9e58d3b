import { canonicalText } from '../../domain/mirror/facts.ts'
import { propertiesOf, subjectOf } from '../../domain/okrs/goal-set.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Records } from '../ports/records.ts'
import type { WorkingPlan } from './plan-okrs.ts'

/** Keeps what the document says, for the next comparison; forgets goals it put aside. */
export async function rememberDocument(
  { okrSets }: Pick<Records, 'okrSets'>,
  { placed, applied, plan }: Pick<WorkingPlan, 'placed' | 'applied' | 'plan'>,
  now: EpochMs,
): Promise<void> {
  const said = placed.map(({ known }) => ({
    subject: subjectOf(known.kind, known.goal.key),
    properties: propertiesOf(known),
  }))
  const isNew = ({ subject, properties }: (typeof said)[number]) => {
    const before = applied.get(subject)
    return before === undefined || canonicalText(before) !== canonicalText(properties)
  }
  await okrSets.saveApplied(said.filter(isNew), now)
  const archived = plan.changes.filter(({ action }) => action === 'archive')
  await okrSets.forgetApplied(archived.map(({ kind, key }) => subjectOf(kind, key)))
}
