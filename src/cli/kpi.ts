import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { ThroughlineError } from '../app/errors.ts'
import { addKpiValues } from '../app/kpis/add-kpi-values.ts'
import { judgeKpi, judgeKpis, type JudgedKpi } from '../app/kpis/judge-kpis.ts'
import { findKpi } from '../app/kpis/find-kpi.ts'
import { readSettings, type Settings } from '../config.ts'
import { instantInput } from '../contracts/api/fields.ts'
import { parseKpiKey, type KpiKey } from '../domain/ids.ts'
import { bandText } from '../domain/measures/band.ts'
import { authorOf, byOption, reasonOption, type AuthorFlags } from './author.ts'
import { say, withService } from './one-off.ts'
import { table } from './table.ts'

const KPIS_SHOWN = 1_000

interface PushOptions extends AuthorFlags {
  readonly at?: string
  readonly note: string
  readonly author: string
  readonly id?: string
}

/** `kpi list` and `kpi push`. */
export function addKpiCommands(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const kpi = program
    .command('kpi')
    .description('numbers outside any objective that should stay in their band')
  kpi
    .command('list')
    .description('every KPI with its health')
    .action(() => listKpis(readSettings(environment)))
  kpi
    .command('push')
    .argument('<key>', 'KPI-2')
    .argument('<value>', 'the number, in the unit of the KPI', number)
    .option('--at <instant>', 'when it was so, ISO 8601; left out: now')
    .option('--note <text>', 'what to know about it', '')
    .option('--author <name>', 'who says so', 'cli')
    .option('--id <id>', 'your own id of this value: the same one again stores nothing')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('report a value of a KPI')
    .action((key: string, value: number, options: PushOptions) =>
      pushKpi(readSettings(environment), key, value, options),
    )
}

async function listKpis(settings: Settings): Promise<void> {
  await withService(settings, async ({ database: { records }, clock }) => {
    const filter = { team: null, owner: null, includeArchived: false }
    const kpis = await records.kpis.kpis({ after: null, limit: KPIS_SHOWN }, filter)
    if (kpis.length === 0) {
      say('No KPIs. Make one with POST /api/v1/kpis.')
      return
    }
    const judged = await judgeKpis(records, kpis, clock.now())
    say(table(['KPI', 'title', 'health', 'value', 'band', 'period', 'last value'], judged.map(lineOf)))
  })
}

async function pushKpi(
  settings: Settings,
  keyText: string,
  value: number,
  { at, note, author, id, ...flags }: PushOptions,
): Promise<void> {
  const key = kpiNamed(keyText)
  const reported = { value, at: at === undefined ? null : instantOf(at), note, idempotencyKey: id ?? null }
  await withService(settings, async ({ database, clock }) => {
    const [stored] = await addKpiValues(
      { database, clock, ...authorOf(flags) },
      { key, author, source: 'person', values: [reported] },
    )
    const judged = await judgeKpi(database.records, await findKpi(database.records, key), clock.now())
    say(stored?.isNew === true ? 'Stored.' : 'Known already; nothing is stored.')
    say(`${key} ${judged.kpi.title}: ${healthText(judged)}`)
  })
}

function lineOf({ kpi, health, evidence: { latest, lastValueAt } }: JudgedKpi): string[] {
  return [
    kpi.key,
    kpi.title,
    health.replace('_', ' '),
    latest === null ? '' : `${latest.value} ${kpi.unit}`,
    `${bandText(kpi.band)} ${kpi.unit}`,
    latest === null ? kpi.period : `${latest.fromDay} to ${latest.toDay}`,
    lastValueAt === null ? 'never' : new Date(lastValueAt).toISOString(),
  ]
}

function healthText({ kpi, health, evidence: { latest } }: JudgedKpi): string {
  const band = `${bandText(kpi.band)} ${kpi.unit}`
  if (latest === null) return 'no data'
  return `${health.replace('_', ' ')}, ${latest.value} ${kpi.unit} against ${band}`
}

function kpiNamed(text: string): KpiKey {
  const key = parseKpiKey(text)
  if (key === null) throw new ThroughlineError('OKR_KPI_NOT_FOUND', `There is no KPI ${text}.`)
  return key
}

function instantOf(text: string): number {
  const instant = instantInput.safeParse(text)
  if (instant.success) return instant.data
  throw new ThroughlineError(
    'OKR_INPUT_INVALID',
    `--at ${text} is no instant; expected something like 2026-11-20T09:00:00Z.`,
  )
}

function number(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || Math.abs(value) > 1e15) {
    throw new InvalidArgumentError('Give a number such as 4.2.')
  }
  return value
}
