import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { readAlignment } from '../app/alignment/read-alignment.ts'
import { ThroughlineError } from '../app/errors.ts'
import { readSettings, type Settings } from '../config.ts'
import { alignmentMap } from '../domain/alignment/map/alignment-map.ts'
import { parseCycleKey } from '../domain/ids.ts'
import { alignmentText } from './alignment-text.ts'
import { say, withService } from './one-off.ts'

interface AlignmentOptions {
  readonly cycle?: string
  readonly svg?: string
}

/** `alignment`: how objectives hang together. */
export function addAlignmentCommand(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  program
    .command('alignment')
    .option('--cycle <key>', 'objectives of this cycle; left out: of all cycles that run now')
    .option('--svg <file>', 'write the map as a picture, too')
    .description('who supports what, how it stands, what supports nothing and what does not fit')
    .action((options: AlignmentOptions) => printAlignment(readSettings(environment), options))
}

async function printAlignment(
  settings: Settings,
  { cycle: text, svg: file }: AlignmentOptions,
): Promise<void> {
  const cycle = text === undefined ? null : parseCycleKey(text)
  if (cycle === null && text !== undefined) {
    throw new ThroughlineError('OKR_CYCLE_NOT_FOUND', `There is no cycle ${text}.`)
  }
  await withService(settings, async ({ database: { records }, clock }) => {
    const shown = await readAlignment(records, cycle, clock.now())
    if (file !== undefined) await write(file, alignmentMap(shown))
    say(alignmentText(shown))
    if (file !== undefined) say(`\nThe map is in ${file}.`)
  })
}

async function write(file: string, content: string): Promise<void> {
  await writeFile(file, content).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : 'for no reason given'
    throw new ThroughlineError('OKR_INPUT_INVALID', `The file ${file} cannot be written: ${reason}`, {
      cause,
    })
  })
}
