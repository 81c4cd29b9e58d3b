import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAlignment } from '../../app/alignment/read-alignment.ts'
import { alignmentText } from '../../cli/alignment-text.ts'
import { parseCycleKey } from '../../domain/ids.ts'
import { createRandom } from '../jira-simulator/site/random.ts'
import { instantOn } from './calendar.ts'
import { closeQuarter } from './close-quarter.ts'
import { openQuarter } from './open-quarter.ts'
import { playDay, quarterDays, type Quarter } from './play-quarter.ts'
import { teamDoings } from './team-doings.ts'
import { createWeekNarrator } from './week-lines.ts'
import { workOff } from './work-off.ts'

/** When everything is quiet before the quarter. */
export const QUARTER_EVE = instantOn({ week: 40, weekday: 0 }, 6)

const SEED = 4
const HALF_TIME_WEEK = 46
/** Monday after the quarter. */
const CLOSING = { week: 54, weekday: 0 }

/** Plays a whole quarter: goals applied and read critically, six sprints of two teams, the close, the next cycle. */
export async function runQuarter(
  world: Omit<Quarter, 'doings'>,
  print: (line: string) => void,
): Promise<void> {
  const quarter = { ...world, doings: teamDoings(createRandom(SEED)) }
  const { running, clock } = quarter
  const { service } = running
  const narrator = createWeekNarrator(service.database.records, print)
  for (const days of quarterDays()) {
    for (const day of days) {
      await playDay(quarter, day)
      // The epics exist now: the goals name them.
      if (day.week === 40 && day.weekday === 0) await openQuarter(running, print)
    }
    await narrator.tell(days[0]!.week)
    if (days[0]!.week === HALF_TIME_WEEK) await printAlignment(quarter, print)
  }
  clock.set(instantOn(CLOSING, 9))
  await service.work.sweep()
  await workOff(service)
  await closeQuarter(running, mkdtempSync(join(tmpdir(), 'throughline-quarter-')), print)
}

async function printAlignment({ running, clock }: Quarter, print: (line: string) => void): Promise<void> {
  const { records } = running.service.database
  const shown = await readAlignment(records, parseCycleKey('2026-Q4'), clock.now())
  print(`\nHalf-time. ${alignmentText(shown)}`)
}
