import { InvalidArgumentError, type Command } from 'commander'
import { addCheckIn } from '../app/goals/add-check-in.ts'
import { findKeyResult } from '../app/goals/find-goals.ts'
import { tickMilestone } from '../app/goals/tick-milestone.ts'
import { ThroughlineError } from '../app/errors.ts'
import type { Service } from '../compose.ts'
import { readSettings, type Settings } from '../config.ts'
import { parseKeyResultKey, type KeyResultKey } from '../domain/ids.ts'
import { dayOf, startOfDay, type EpochMs } from '../domain/time.ts'
import { authorOf, byOption, reasonOption, type AuthorFlags } from './author.ts'
import { say, withService } from './one-off.ts'

interface CheckInOptions extends AuthorFlags {
  readonly value?: number
  readonly confidence?: number
  readonly note?: string
  readonly at?: string
  readonly author: string
}

interface TickOptions extends AuthorFlags {
  readonly undo?: boolean
  readonly note?: string
  readonly at?: string
  readonly author: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** `check-in` and `tick`: what people say of a key result. */
export function addCheckInCommands(program: Command, environment: Environment): void {
  program
    .command('check-in')
    .argument('<key-result>', 'for example KR-12')
    .option('--value <number>', 'the value of a metric or a range; 1 or 0 of a yes or no', decimal)
    .option('--confidence <n>', 'from 0 to 10', confidence)
    .option('--note <text>', 'what there is to say')
    .option('--at <when>', 'when it was so: a day such as 2026-11-01, or an instant; else now')
    .option('--author <name>', 'who says so', 'cli')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('report a value, a confidence or a note: at least one of them')
    .action((key: string, options: CheckInOptions) => checkIn(readSettings(environment), key, options))

  program
    .command('tick')
    .argument('<key-result>', 'for example KR-12')
    .argument('<step>', 'the title of a step, or its number')
    .option('--undo', 'it is not done')
    .option('--note <text>', 'what there is to say')
    .option('--at <when>', 'when it was so: a day such as 2026-11-01, or an instant; else now')
    .option('--author <name>', 'who says so', 'cli')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('tick a step of a ladder of milestones')
    .action((key: string, step: string, options: TickOptions) =>
      tick(readSettings(environment), key, step, options),
    )
}

async function checkIn(settings: Settings, text: string, options: CheckInOptions): Promise<void> {
  const key = keyResultNamed(text)
  await withService(settings, async (service) => {
    const { value = null, confidence: confident = null, note = '', author } = options
    await addCheckIn(changeBy(service, options), {
      key,
      at: await instantOf(service, key, options.at),
      value,
      confidence: confident,
      note: note.trim(),
      author,
      source: 'person',
      idempotencyKey: null,
    })
    await sayStanding(service, key)
  })
}

async function tick(settings: Settings, text: string, step: string, options: TickOptions): Promise<void> {
  const key = keyResultNamed(text)
  await withService(settings, async (service) => {
    const { undo, note = '', author } = options
    const at = await instantOf(service, key, options.at)
    const isDone = undo !== true
    const word = { key, step, isDone, at, note: note.trim(), author }
    const worded = await tickMilestone(changeBy(service, options), word)
    const { title, doneAt } = worded.step
    say(`Step ${worded.number} “${title}” is ${doneAt === null ? 'not done' : 'done'}.`)
    await sayStanding(service, key)
  })
}

function changeBy({ database, clock, doorbell }: Service, flags: AuthorFlags) {
  return { database, clock, doorbell, ...authorOf(flags) }
}

/** Recomputed here, so that it can be said also while no service runs. */
async function sayStanding({ work, database }: Service, key: KeyResultKey): Promise<void> {
  await work.recomputeNow(key)
  const numbers = (await database.records.progress.latestSnapshot(key))?.numbers
  if (numbers === undefined) return
  const { current, target, unit, progress, assessment } = numbers
  const reached = progress === null ? 'no progress to show yet' : `${Math.floor(progress * 100)} % reached`
  const value =
    current === null ? '' : ` (${current}${target === null ? '' : ` of ${target}`} ${unit}`.trimEnd() + ')'
  say(`${key}: ${reached}${value}, ${assessment.health.replaceAll('_', ' ')}.`)
}

/** A day means its first moment in the time zone of the cycle; today means now. */
async function instantOf(
  { database, clock }: Service,
  key: KeyResultKey,
  text: string | undefined,
): Promise<EpochMs | null> {
  if (text === undefined) return null
  if (!/^\d{4}-\d{2}-\d{2}(?:T.+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new ThroughlineError(
      'OKR_INPUT_INVALID',
      `--at ${text} is no day and no instant; expected something like 2026-11-01 or 2026-11-01T09:00:00Z.`,
    )
  }
  if (text.includes('T')) return Date.parse(text)
  const { timeZone } = (await findKeyResult(database.records, key)).cycle.calendar
  return text === dayOf(clock.now(), timeZone) ? null : startOfDay(text, timeZone)
}

function keyResultNamed(text: string): KeyResultKey {
  const key = parseKeyResultKey(text)
  if (key !== null) return key
  throw new ThroughlineError(
    'OKR_KEY_RESULT_NOT_FOUND',
    `${text} is no key of a key result; expected something like KR-12.`,
  )
}

function decimal(text: string): number {
  const number = text.trim() === '' ? NaN : Number(text)
  if (!(Math.abs(number) <= 1e15)) throw new InvalidArgumentError('Give a number such as 48.5.')
  return number
}

function confidence(text: string): number {
  if (!/^(?:\d|10)$/.test(text)) throw new InvalidArgumentError('Give a whole number from 0 to 10.')
  return Number(text)
}
