import { sql } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import { createCheckIns } from './check-ins.ts'
import type { Executor } from './executor.ts'
import { createCycles } from './goal-cycles.ts'
import { createKeyResults } from './goal-key-results.ts'
import { createObjectives } from './goal-objectives.ts'
import { createManualLinks } from './manual-links.ts'

export function createGoalRecords(db: Executor): GoalRecords {
  return {
    async lockForChange() {
      await db.execute(sql`select pg_advisory_xact_lock(hashtext('throughline.goals'))`)
    },
    ...createCycles(db),
    ...createObjectives(db),
    ...createKeyResults(db),
    ...createCheckIns(db),
    ...createManualLinks(db),
  }
}
