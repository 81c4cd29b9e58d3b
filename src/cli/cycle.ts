import { writeFile } from 'node:fs/promises'
import { InvalidArgumentError, type Command } from 'commander'
import { closeCycle } from '../app/cycles/close-cycle.ts'
import { readRetrospective } from '../app/cycles/read-retrospective.ts'
import { reopenCycle } from '../app/cycles/reopen-cycle.ts'
import { rollOverCycle } from '../app/cycles/roll-over.ts'
import { ThroughlineError } from '../app/errors.ts'
import { hintsOnRollOver } from '../app/goals/hints-on-many.ts'
import type { LintOptions } from '../app/goals/lint-gradually.ts'
import { readSettings, type Settings } from '../config.ts'
import { presentRetrospective } from '../contracts/api/retrospective.ts'
import { parseCycleKey, parseKeyResultKey, type CycleKey, type KeyResultKey } from '../domain/ids.ts'
import { retrospectiveMarkdown } from '../domain/retrospective/retrospective-markdown.ts'
import { authorOf, byOption, reasonOption, type AuthorFlags } from './author.ts'
import { closedText, rolledOverText } from './cycle-text.ts'
import { lintOptionsOf, sayHints } from './hints.ts'
import { longTask } from './long-task.ts'
import { say, withService } from './one-off.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** `throughline cycle …`: what ends a cycle and begins the next one. */
export function addCycleCommands(program: Command, environment: Environment): void {
  const cycle = program
    .command('cycle')
    .description('close a cycle, look back on it, carry on what is unfinished')
  const settings = () => readSettings(environment)
  cycle
    .command('close')
    .argument('<key>', 'the key of a cycle', cycleNamed)
    .option('--early', 'close it before its end, graded as of now')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('grade its goals and freeze what it came to')
    .action((key: CycleKey, options: CloseOptions) => close(settings(), key, options))
  cycle
    .command('reopen')
    .argument('<key>', 'the key of a closed cycle', cycleNamed)
    .addOption(byOption())
    .addOption(reasonOption())
    .description('take its closing back')
    .action((key: CycleKey, flags: AuthorFlags) => reopen(settings(), key, flags))
  cycle
    .command('retrospective')
    .argument('<key>', 'the key of a cycle', cycleNamed)
    .option('--out <file>', 'write it to a file')
    .option('--json', 'as JSON, for programs')
    .description('what a cycle came to, as Markdown; a preview while it is open')
    .action((key: CycleKey, options: RetrospectiveOptions) => retrospective(settings(), key, options))
  cycle
    .command('roll-over')
    .argument('<key>', 'the key of a closed cycle', cycleNamed)
    .requiredOption('--into <cycle>', 'the cycle they go on in', cycleNamed)
    .option('--key-results <keys>', 'only these, for example KR-3,KR-7', keyResultsNamed)
    .option('--no-rebaseline', 'metrics keep their baseline; else they start from the value they ended at')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('carry its unfinished key results into another cycle')
    .action((key: CycleKey, options: RollOverOptions) =>
      rollOver(settings(), key, { ...options, lint: lintOptionsOf(environment) }),
    )
}

interface CloseOptions extends AuthorFlags {
  readonly early?: boolean
}

interface RetrospectiveOptions {
  readonly out?: string
  readonly json?: boolean
}

interface RollOverOptions extends AuthorFlags {
  readonly into: CycleKey
  readonly keyResults?: KeyResultKey[]
  readonly rebaseline: boolean
}

async function close(settings: Settings, key: CycleKey, { early, ...flags }: CloseOptions): Promise<void> {
  await withService(settings, async (service) => {
    const deps = { ...service, ...authorOf(flags) }
    const closed = await longTask(`Closing ${key}`, (tell) =>
      closeCycle(deps, { key, early: early === true, tell }),
    )
    say(closedText(closed))
  })
}

async function reopen(settings: Settings, key: CycleKey, flags: AuthorFlags): Promise<void> {
  await withService(settings, async (service) => {
    await reopenCycle({ ...service, ...authorOf(flags) }, { key })
    say(`${key} is open.`)
  })
}

async function retrospective(
  settings: Settings,
  key: CycleKey,
  { out, json }: RetrospectiveOptions,
): Promise<void> {
  await withService(settings, async ({ database: { records }, clock }) => {
    const known = await longTask(`Looking back on ${key}`, (tell) =>
      readRetrospective({ records, clock }, key, tell),
    )
    const text =
      json === true
        ? `${JSON.stringify(presentRetrospective(known), null, 2)}\n`
        : retrospectiveMarkdown(known.retrospective)
    if (out === undefined) {
      say(text.trimEnd())
      return
    }
    await writeFile(out, text).catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : 'for no reason given'
      throw new ThroughlineError('OKR_INPUT_INVALID', `The file ${out} cannot be written: ${reason}`, {
        cause,
      })
    })
    say(`Written: ${out}`)
  })
}

async function rollOver(
  settings: Settings,
  from: CycleKey,
  options: RollOverOptions & { readonly lint: LintOptions },
): Promise<void> {
  const { into, keyResults = null, rebaseline, lint, ...flags } = options
  await withService(settings, async (service) => {
    const input = { from, into, keyResults, rebaselines: rebaseline }
    const { done, hints } = await longTask(`Carrying on what is unfinished in ${from}`, async () => {
      const rolled = await rollOverCycle({ ...service, ...authorOf(flags) }, input)
      return { done: rolled, hints: await hintsOnRollOver(service.database.records, rolled, lint) }
    })
    say(rolledOverText(done))
    sayHints(hints)
  })
}

export function cycleNamed(text: string): CycleKey {
  const key = parseCycleKey(text)
  if (key === null) throw new InvalidArgumentError('Give the key of a cycle, for example 2026-Q4.')
  return key
}

function keyResultsNamed(text: string): KeyResultKey[] {
  return text.split(',').map((part) => {
    const key = parseKeyResultKey(part)
    if (key === null) throw new InvalidArgumentError(`${part.trim()} is no key result key such as KR-12.`)
    return key
  })
}
