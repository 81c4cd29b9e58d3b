import { sql } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import { createCheckIns } from './check-ins.ts'
import type { Executor } from './executor.ts'
import { createCycles } from './goal-cycles.ts'
import { createKeyResults } from './goal-key-results.ts'
import { createObjectives } from './goal-objectives.ts'
import { createHealthPolicies } from './health-policies.ts'
import { createManualLinks } from './manual-links.ts'
import { createMilestones } from './milestones.ts'
import { createTeams } from './teams.ts'

export function createGoalRecords(db: Executor): GoalRecords {
  return {
    async lockForChange() {
      await db.execute(sql`select pg_advisory_xact_lock(hashtext('throughline.goals'))`)
    },
    ...createCycles(db),
    ...createObjectives(db),
    ...createKeyResults(db),
    ...createHealthPolicies(db),
    ...createTeams(db),
    ...createCheckIns(db),
    ...createMilestones(db),
    ...createManualLinks(db),
  }
}
