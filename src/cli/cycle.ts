import { writeFile } from 'node:fs/promises'
import { InvalidArgumentError, type Command } from 'commander'
import { closeCycle } from '../app/cycles/close-cycle.ts'
import { readRetrospective } from '../app/cycles/read-retrospective.ts'
import { reopenCycle } from '../app/cycles/reopen-cycle.ts'
import { rollOverCycle } from '../app/cycles/roll-over.ts'
import { ThroughlineError } from '../app/errors.ts'
import { readSettings, type Settings } from '../config.ts'
import { presentRetrospective } from '../contracts/api/retrospective.ts'
import { parseCycleKey, parseKeyResultKey, type CycleKey, type KeyResultKey } from '../domain/ids.ts'
import { retrospectiveMarkdown } from '../domain/retrospective/retrospective-markdown.ts'
import { closedText, rolledOverText } from './cycle-text.ts'
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
    .description('grade its goals and freeze what it came to')
    .action((key: CycleKey, { early }: { early?: boolean }) => close(settings(), key, early === true))
  cycle
    .command('reopen')
    .argument('<key>', 'the key of a closed cycle', cycleNamed)
    .description('take its closing back')
    .action((key: CycleKey) => reopen(settings(), key))
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
    .option('--rebaseline', 'metrics go on from their last value')
    .description('carry its unfinished key results into another cycle')
    .action((key: CycleKey, options: RollOverOptions) => rollOver(settings(), key, options))
}

interface RetrospectiveOptions {
  readonly out?: string
  readonly json?: boolean
}

interface RollOverOptions {
  readonly into: CycleKey
  readonly keyResults?: KeyResultKey[]
  readonly rebaseline?: boolean
}

async function close(settings: Settings, key: CycleKey, early: boolean): Promise<void> {
  await withService(settings, async (service) => {
    say(closedText(await closeCycle({ ...service, actor: 'cli' }, { key, early })))
  })
}

async function reopen(settings: Settings, key: CycleKey): Promise<void> {
  await withService(settings, async (service) => {
    await reopenCycle({ ...service, actor: 'cli' }, { key })
    say(`${key} is open.`)
  })
}

async function retrospective(
  settings: Settings,
  key: CycleKey,
  { out, json }: RetrospectiveOptions,
): Promise<void> {
  await withService(settings, async ({ database: { records }, clock }) => {
    const known = await readRetrospective({ records, clock }, key)
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

async function rollOver(settings: Settings, from: CycleKey, options: RollOverOptions): Promise<void> {
  const { into, keyResults = null, rebaseline = false } = options
  await withService(settings, async (service) => {
    const input = { from, into, keyResults, rebaselines: rebaseline }
    say(rolledOverText(await rollOverCycle({ ...service, actor: 'cli' }, input)))
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
