import type { CycleKey } from '../ids.ts'
import type { DraftLine, Drafts } from './drafts.ts'
import { wrong } from './find-goal.ts'
import type { MeantCycle, TimeBoxes } from './time-boxes.ts'

/** The cycle that a line names itself; null when it names none, or none that can be made out, which the line then says. */
export function cycleOfLine({ boxes }: Drafts, line: DraftLine): MeantCycle | null {
  const { cycle } = line.row.cells
  if (cycle === undefined) return null
  const meant = boxes.meant(cycle)
  return meant.kind === 'cycle' ? meant : wrong(line, 'cycle', meant.message)
}

/** How the cycle that a line names lies to the one a goal is in. */
export type CycleFit = 'same' | 'within' | 'around' | 'apart'

export function fitOf(boxes: TimeBoxes, cycle: CycleKey | null, said: MeantCycle): CycleFit {
  const days = cycle === null ? undefined : boxes.daysOf(cycle)
  if (cycle === said.key || days === undefined) return 'same'
  if (days.startDay <= said.startDay && said.endDay <= days.endDay) return 'within'
  return said.startDay <= days.startDay && days.endDay <= said.endDay ? 'around' : 'apart'
}

/** Says that what a line names is in another cycle than the line. */
export function misplacedIn(line: DraftLine, named: string, cycle: string, said: MeantCycle): null {
  return wrong(
    line,
    'cycle',
    `${named} is in the cycle ${cycle}, and the line says ${said.key}. Correct one of them, or leave the cycle blank.`,
  )
}
