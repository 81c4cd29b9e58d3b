import type { Kpi } from '../../domain/kpi.ts'
import { isTimeZone } from '../../domain/time.ts'
import { ThroughlineError, type InputProblem } from '../errors.ts'
import type { Records } from '../ports/records.ts'

/** Refuses a KPI whose team or time zone does not exist. Throws `OKR_INPUT_INVALID` with every problem. */
export async function requireSoundKpi(
  { goals }: Pick<Records, 'goals'>,
  { team, timeZone }: Pick<Kpi, 'team' | 'timeZone'>,
): Promise<void> {
  const problems: InputProblem[] = []
  if (team !== null && (await goals.team(team)) === null) {
    problems.push({
      field: 'team',
      message: `there is no team ${team}; write it first with PUT /api/v1/teams/${team}`,
    })
  }
  if (!isTimeZone(timeZone)) {
    problems.push({
      field: 'timeZone',
      message: `${timeZone} is not a time zone known here; give an IANA name such as Asia/Shanghai`,
    })
  }
  if (problems.length === 0) return
  throw new ThroughlineError('OKR_INPUT_INVALID', 'The KPI cannot be kept as it was given.', { problems })
}
