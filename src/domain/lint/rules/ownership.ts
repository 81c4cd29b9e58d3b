import type { Hit, KeyResultRead } from '../hit.ts'
import type { LintedObjective } from '../linted-set.ts'
import type { Reading } from '../reading.ts'

/** Nobody answers for it, while somebody does for the one beside it or nobody for the whole objective. */
export function noOwner({ keyResult, objective }: KeyResultRead): Hit | null {
  if (isNamed(keyResult.owner)) return null
  return objective.keyResults.some(({ owner }) => isNamed(owner)) ? { rule: 'no-owner' } : null
}

/** An owner of the objective answers for key results that name none. */
export function objectiveWithoutOwner({ owner }: LintedObjective): Hit | null {
  return isNamed(owner) ? null : { rule: 'no-owner' }
}

/** It has no day, while one beside it has its own; where none has, the objective is told once. */
export function noDueDate({ keyResult, objective, title }: KeyResultRead): Hit | null {
  if (keyResult.dueDay !== null || objective.hasCycle || saysWhen(title)) return null
  return objective.keyResults.some(({ dueDay }) => dueDay !== null) ? { rule: 'no-due-date' } : null
}

/** Neither a cycle nor a day of its key results, and no date in any text. */
export function objectiveWithoutDueDate(
  { hasCycle, keyResults }: LintedObjective,
  title: Reading,
  reads: readonly KeyResultRead[],
): Hit | null {
  if (hasCycle || saysWhen(title) || keyResults.some((keyResult) => keyResult.dueDay !== null)) return null
  const isSaidByAll = reads.length > 0 && reads.every((read) => saysWhen(read.title))
  return isSaidByAll ? null : { rule: 'no-due-date' }
}

function saysWhen({ normal, amounts }: Reading): boolean {
  return DATE.test(normal) || amounts.some(({ isTimeLimit }) => isTimeLimit)
}

const DATE =
  /(?:19|20)\d{2}|(?<![a-z])[qh][1-4](?!\d)|季度?|\d{1,2}\s?月|[年月周季][底末内]|半年|双\s?1?[1十]|(?<![a-z])(?:by|until|before) (?:the )?(?:end|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|christmas|summer|easter|next|mid)|this (?:quarter|year|month|cycle)|(?:end of|eoq|eoy)/

function isNamed(owner: string | null): boolean {
  return owner !== null && owner.trim() !== ''
}
