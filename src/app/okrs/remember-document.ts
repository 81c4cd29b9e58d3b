import { canonicalText } from '../../domain/mirror/facts.ts'
import { PUT_ASIDE } from '../../domain/okrs/applied.ts'
import { propertiesOf, subjectOf } from '../../domain/okrs/goal-set.ts'
import { agreedArchived } from '../../domain/okrs/missing-goals.ts'
import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Records } from '../ports/records.ts'
import type { WorkingPlan } from './plan-okrs.ts'

/**
 * Keeps what the document says, for the next comparison. Of goals it put aside, and of those somebody archived that it
 * no longer names, only that is kept: they come back when it names them again.
 */
export async function rememberDocument(
  { okrSets }: Pick<Records, 'okrSets'>,
  { cycles }: Pick<OkrDocument, 'cycles'>,
  { placed, applied, plan, worlds }: WorkingPlan,
  now: EpochMs,
): Promise<void> {
  const said = placed.map(({ known }) => ({
    subject: subjectOf(known.kind, known.goal.key),
    properties: propertiesOf(known),
  }))
  const putAside = [
    ...plan.changes.filter(({ action }) => action === 'archive').map(({ kind, key }) => subjectOf(kind, key)),
    ...agreedArchived({
      stored: worlds.before,
      applied,
      cycles: new Set(cycles.map(({ key }) => key)),
      named: new Map(placed.map(({ known }) => [subjectOf(known.kind, known.goal.key), known])),
    }),
  ]
  const isNew = ({ subject, properties }: (typeof said)[number]) => {
    const before = applied.get(subject)
    return before === undefined || canonicalText(before) !== canonicalText(properties)
  }
  await okrSets.saveApplied(
    [...said.filter(isNew), ...putAside.map((subject) => ({ subject, properties: PUT_ASIDE }))],
    now,
  )
}
