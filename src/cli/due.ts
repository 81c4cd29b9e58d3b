import type { Command } from 'commander'
import { readDueCheckIns, type TeamsDueCheckIn } from '../app/check-ins/read-due-check-ins.ts'
import { ThroughlineError } from '../app/errors.ts'
import type { JudgedKpi } from '../app/kpis/judge-kpis.ts'
import { readDueKpis } from '../app/kpis/read-due-kpis.ts'
import { readSettings, type Settings } from '../config.ts'
import { presentDueCheckIn, presentDueKpi } from '../contracts/api/due-check-ins.ts'
import { parseTeamKey } from '../domain/ids.ts'
import { say, withService } from './one-off.ts'
import { table } from './table.ts'

interface DueOptions {
  readonly team?: string
  readonly owner?: string
}

/** `due`: what people are asked for now. */
export function addDueCommand(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  program
    .command('due')
    .option('--team <team>', 'only what this team owes')
    .option('--owner <name>', 'only what this owner answers for')
    .description('check-ins that people were asked for and have not made, and KPIs that wait for a value')
    .action((options: DueOptions) => printDue(readSettings(environment), options))
}

async function printDue(settings: Settings, { team: teamText, owner: ownerText }: DueOptions): Promise<void> {
  const team = teamText === undefined ? null : parseTeamKey(teamText)
  if (team === null && teamText !== undefined) {
    throw new ThroughlineError('OKR_TEAM_NOT_FOUND', `There is no team ${teamText}.`)
  }
  const question = { team, owner: ownerText ?? null }
  await withService(settings, async ({ database: { records }, clock }) => {
    const now = clock.now()
    const checkIns = await readDueCheckIns(records, question, now)
    const kpis = await readDueKpis(records, question, now)
    say(dueText(checkIns, kpis, settings.config.http.publicUrl))
  })
}

function dueText(
  checkIns: readonly TeamsDueCheckIn[],
  kpis: readonly JudgedKpi[],
  publicUrl: string,
): string {
  const parts = [
    ...(checkIns.length === 0 ? [] : [checkInTable(checkIns, publicUrl)]),
    ...(kpis.length === 0 ? [] : [kpiTable(kpis)]),
  ]
  return parts.length === 0 ? 'Nothing is due.' : parts.join('\n\n')
}

function checkInTable(checkIns: readonly TeamsDueCheckIn[], publicUrl: string): string {
  return table(
    ['team', 'key result', 'title', 'since', 'asked', 'last value', 'link'],
    checkIns.map((one) => {
      const { team, keyResult, title, sinceDay, asked, lastValue, unit, url } = presentDueCheckIn(
        one,
        publicUrl,
      )
      const value = lastValue === null ? '' : `${lastValue.value} ${unit}`.trimEnd()
      return [team, keyResult, title, sinceDay, asked.join(', '), value, url]
    }),
  )
}

function kpiTable(kpis: readonly JudgedKpi[]): string {
  return table(
    ['KPI', 'title', 'owner', 'since', 'last value', 'source'],
    kpis.map((one) => {
      const { kpi, title, owner, sinceDay, lastValueAt, source } = presentDueKpi(one)
      return [kpi, title, owner ?? '', sinceDay ?? 'never had one', lastValueAt ?? '', source]
    }),
  )
}
