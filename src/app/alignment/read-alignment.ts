import { alignment, type Alignment } from '../../domain/alignment/alignment.ts'
import type { Cycle } from '../../domain/goals.ts'
import type { CycleKey } from '../../domain/ids.ts'
import { dayOf, type EpochMs } from '../../domain/time.ts'
import { findCycle } from '../goals/find-goals.ts'
import type { Records } from '../ports/records.ts'

const PAGE = 200

/**
 * How the goals of a cycle, or of all cycles that run now, hang together. What it costs follows from those goals, what
 * they support and what they depend on, not from other cycles. Throws `OKR_CYCLE_NOT_FOUND`.
 */
export async function readAlignment(
  records: Pick<Records, 'goals' | 'alignment'>,
  cycle: CycleKey | null,
  now: EpochMs,
): Promise<Alignment> {
  const { alignment: stored } = records
  const asked = cycle === null ? await runningCycles(records, now) : [await findCycle(records, cycle)]
  const here = await stored.objectivesOfCycles(asked.map(({ key }) => key))
  const shown = await stored.withAncestors(here.map(({ key }) => key))
  const objectives = await stored.contributingTo(shown.map(({ key }) => key))
  const own = await stored.keyResultsOf(objectives.map(({ key }) => key))
  const ownKeys = new Set(own.map(({ key }) => key))
  const hereKeys = new Set(here.map(({ key }) => key))
  const ofHere = own.filter(({ objective, isArchived }) => hereKeys.has(objective) && !isArchived)
  const needed = new Set(ofHere.flatMap(({ dependsOn }) => dependsOn).filter((key) => !ownKeys.has(key)))
  return alignment({
    asked,
    objectives,
    keyResults: [...own, ...(await stored.keyResultsNamed([...needed]))],
    cycles: await cyclesOf(records, asked, new Set(shown.map((objective) => objective.cycle))),
    claims: await stored.sharedEpics(
      ofHere.map(({ key }) => key),
      now,
    ),
  })
}

async function runningCycles({ goals }: Pick<Records, 'goals'>, now: EpochMs): Promise<Cycle[]> {
  const running: Cycle[] = []
  let after: CycleKey | null = null
  for (;;) {
    const page: Cycle[] = await goals.cycles({ after, limit: PAGE }, false)
    running.push(...page.filter((cycle) => isRunning(cycle, now)))
    if (page.length < PAGE) return running
    after = page.at(-1)!.key
  }
}

function isRunning({ startDay, endDay, calendar }: Cycle, now: EpochMs): boolean {
  const today = dayOf(now, calendar.timeZone)
  return startDay <= today && today <= endDay
}

async function cyclesOf(
  records: Pick<Records, 'goals'>,
  asked: readonly Cycle[],
  keys: ReadonlySet<CycleKey>,
): Promise<Cycle[]> {
  const known = [...asked]
  for (const key of keys) {
    if (!asked.some((cycle) => cycle.key === key)) known.push(await findCycle(records, key))
  }
  return known
}
