import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { isOutage } from '../adapters/postgres/outage.ts'
import { ThroughlineError } from '../app/errors.ts'
import { JiraError } from '../app/ports/jira.ts'
import { readSettings } from '../config.ts'
import { Interrupted } from '../lifecycle.ts'
import { addAlignmentCommand } from './alignment.ts'
import { addAuditCommand } from './audit.ts'
import { backfill } from './backfill.ts'
import { backtest, type BacktestOptions } from './backtest.ts'
import { addCheckInCommands } from './check-in.ts'
import { connect } from './connect.ts'
import { listDeliveries, replayDelivery } from './deliveries.ts'
import { addCycleCommands } from './cycle.ts'
import { demo } from './demo.ts'
import { addDueCommand } from './due.ts'
import { ExitCode } from './exit-code.ts'
import { HELP } from './help.ts'
import { addTransferCommands } from './import.ts'
import { addKpiCommands } from './kpi.ts'
import { addLintCommand } from './lint.ts'
import { addOkrCommands } from './okrs.ts'
import { rebuild } from './rebuild.ts'
import { replay } from './replay.ts'
import { serve, type Role } from './serve.ts'
import { addTemplateCommands } from './templates.ts'
import { printBoardTrend, printSprintPlan, printSprintReview, printSprintStandup } from './sprint.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The command line. Settings come from the environment.
 * @returns the exit code: 0 done, 1 failed, 2 wrong use or settings, 128 and more ended by a signal
 */
export async function runCommandLine(argv: readonly string[], environment: Environment): Promise<number> {
  const program = createProgram(environment)
  try {
    await program.parseAsync([...argv])
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Interrupted) return error.exitCode
    if (error instanceof ExitCode) return error.code
    if (error instanceof ThroughlineError) {
      process.stderr.write(`${error.message}\n[${error.code}]\n`)
      return error.code === 'OKR_CONFIG_INVALID' ? 2 : 1
    }
    if (error instanceof JiraError) {
      const isAway = error.failure === 'unavailable' || error.failure === 'rate_limited'
      process.stderr.write(`${error.message}\n[${isAway ? 'OKR_JIRA_UNREACHABLE' : 'OKR_JIRA_REFUSED'}]\n`)
      return 1
    }
    if (isOutage(error)) {
      process.stderr.write(
        'The database was lost. When it is back, run the command again.\n[OKR_UNAVAILABLE]\n',
      )
      return 1
    }
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 1
  }
}

export function createProgram(environment: Environment): Command {
  const program = new Command('throughline')
    .description('Keeps every sprint in line with a key result.')
    .exitOverride()
    .configureHelp(HELP)

  program
    .command('serve')
    .description('run the service: web and workers in one process, or one of them')
    .addOption(
      new Option('--role <role>', 'which part to run').choices(['all', 'web', 'worker']).default('all'),
    )
    .action(({ role }: { role: Role }) => serve(readSettings(environment), role))

  program
    .command('connect')
    .description('check the Jira account, find its fields, register the webhook')
    .action(() => connect(readSettings(environment)))

  program
    .command('backfill')
    .description('fill the mirror with issues, sprints and their history; goes on where a killed run stopped')
    .option('--jql <jql>', 'only issues that match, for example: project = WEB ORDER BY created ASC')
    .action(({ jql }: { jql?: string }) => backfill(readSettings(environment), jql ?? null))

  const deliveries = program.command('deliveries').description('look at received webhooks and replay them')
  deliveries
    .command('list')
    .addOption(new Option('--outcome <outcome>').choices(['waiting', 'applied', 'ignored', 'parked']))
    .option('--limit <n>', 'how many, newest first', wholeNumber, 50)
    .action(({ outcome, limit }: { outcome?: string; limit: number }) =>
      listDeliveries(readSettings(environment), outcome ?? null, limit),
    )
  deliveries
    .command('replay')
    .argument('<id>', 'the number of a delivery')
    .description('put a delivery back in line, for example a parked one after an upgrade')
    .action((id: string) => replayDelivery(readSettings(environment), id))

  program
    .command('rebuild')
    .description('drop derived tables and build them again from the record')
    .action(() => rebuild(readSettings(environment)))

  program
    .command('replay')
    .argument('<folder>', 'Jira REST answers as CSV: issues with changelogs, sprints')
    .option('--links <file>', 'key results and what counts for them (YAML)')
    .description(
      'replay recorded Jira history through the webhook door and print what it did to sprints and key results',
    )
    .action((folder: string, { links }: { links?: string }) => replay(folder, links ?? null))

  addCheckInCommands(program, environment)
  addAlignmentCommand(program, environment)
  addOkrCommands(program, environment)
  addSprintCommands(program, environment)
  addCycleCommands(program, environment)
  addTemplateCommands(program, environment)
  addDueCommand(program, environment)
  addKpiCommands(program, environment)
  addLintCommand(program, environment)
  addTransferCommands(program, environment)
  addAuditCommand(program, environment)

  program
    .command('backtest')
    .description('forecast past sprints as if they were running, and say how good that was')
    .option('--csv <file>', 'a file of past sprints, instead of the connected site')
    .option('--out <file>', 'write each forecast, as CSV')
    .option('--json', 'print the report as JSON')
    .option('--svg <file>', 'write a picture of the calibration')
    .action((options: BacktestOptions) => backtest(() => readSettings(environment), options))

  program
    .command('demo')
    .option('--once', 'end by itself with a summary')
    .option('--quarter', 'play a whole quarter, told by the week, up to its retrospective')
    .description('watch two sprints move key results, with a simulated Jira and an embedded PostgreSQL')
    .action(({ once, quarter }: { once?: boolean; quarter?: boolean }) =>
      demo({ isOnce: once === true, isQuarter: quarter === true }),
    )

  return program
}

function addSprintCommands(program: Command, environment: Environment): void {
  const SITE = ['--site <site>', 'the Jira site, where several have one of this id'] as const
  const named = (id: string, { site }: { site?: string }) => ({ id, site: site ?? null })
  const sprint = program.command('sprint').description('what sprints do for key results')
  sprint
    .command('plan')
    .argument('<id>', "Jira's id of a future or active sprint")
    .option(...SITE)
    .description('what it plans for each key result, and what serves none')
    .action((id: string, options: { site?: string }) =>
      printSprintPlan(readSettings(environment), named(id, options)),
    )
  sprint
    .command('standup')
    .argument('<id>', "Jira's id of an active sprint")
    .option(...SITE)
    .option('--since <instant>', 'look back to this instant, not to the last working day')
    .description('what was delivered, started or blocked, and which key result it moves')
    .action((id: string, options: { site?: string; since?: string }) =>
      printSprintStandup(readSettings(environment), named(id, options), options.since ?? null),
    )
  sprint
    .command('review')
    .argument('<id>', "Jira's id of a closed sprint")
    .option(...SITE)
    .description('what came of it, as of its start and its completion')
    .action((id: string, options: { site?: string }) =>
      printSprintReview(readSettings(environment), named(id, options)),
    )

  const board = program.command('board').description('how the sprints of a board develop')
  board
    .command('trend')
    .argument('<id>', "Jira's id of a board")
    .option(...SITE)
    .option('--limit <n>', 'how many closed sprints, the last ones', wholeNumber, 12)
    .description('alignment, velocity and predictability of its closed sprints')
    .action((id: string, options: { site?: string; limit: number }) =>
      printBoardTrend(readSettings(environment), named(id, options), options.limit),
    )
}

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 999999.')
  return Number(text)
}
