import type { KeyResultKey } from '../../domain/ids.ts'
import { orderedCheckIns, type OrderedCheckIn } from '../../domain/okr-import/check-in-order.ts'
import type { Translation } from '../../domain/okr-import/translate-rows.ts'
import { knownUndated } from '../../domain/okr-import/undated-check-ins.ts'
import type { GoalSet } from '../../domain/okrs/goal-set.ts'
import type { Records } from '../ports/records.ts'
import type { DatedCheckIn } from '../ports/transfers.ts'

/** Check-ins of a file: those that are stored already, and those that are not, in the order they are to be stored. */
export interface ComparedCheckIns {
  readonly known: readonly OrderedCheckIn[]
  readonly added: readonly OrderedCheckIn[]
}

/** Compares the check-ins of a file with those that are stored. */
export async function compareCheckIns(
  { transfers }: Pick<Records, 'transfers'>,
  { checkIns, document }: Translation,
  stored: GoalSet,
): Promise<ComparedCheckIns> {
  const zones = new Map<string, string>(stored.cycles.map(({ key, calendar }) => [key, calendar.timeZone]))
  for (const { key, timeZone } of document.cycles) zones.set(key, timeZone)
  const ordered = orderedCheckIns(checkIns, ({ cycle }) => zones.get(cycle ?? '') ?? 'UTC')
  const dated = ordered.filter(({ at }) => at !== null)
  const knownDated = await transfers.knownCheckIns(dated.flatMap(datedCheckIn))
  const undatedOf = Map.groupBy(
    ordered.filter(({ at }) => at === null),
    ({ draft }) => draft.keyResult,
  )
  const asked = new Map<KeyResultKey, number>([...undatedOf].map(([key, own]) => [key, own.length]))
  const known = new Set([
    ...dated.filter((_, index) => knownDated.has(index)),
    ...knownUndated(ordered, await transfers.latestCheckIns(asked)),
  ])
  return {
    known: ordered.filter((each) => known.has(each)),
    added: ordered.filter((each) => !known.has(each)),
  }
}

function datedCheckIn({ draft, at, occurrence, importKey }: OrderedCheckIn): DatedCheckIn[] {
  const { keyResult, value, confidence, note, author, source } = draft
  const said = { keyResult, value, confidence, note, author, source }
  return at === null ? [] : [{ ...said, at, occurrence, idempotencyKey: importKey }]
}
