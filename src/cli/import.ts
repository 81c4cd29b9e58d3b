import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Option, type Command } from 'commander'
import { ThroughlineError } from '../app/errors.ts'
import { hintsOnImport, type ManyHints } from '../app/goals/hints-on-many.ts'
import type { LintOptions } from '../app/goals/lint-gradually.ts'
import { importOkrs, previewImport } from '../app/okr-import/import-okrs.ts'
import { readSettings } from '../config.ts'
import { presentHintsOnMany } from '../contracts/api/lint.ts'
import { DATE_FORMATS } from '../contracts/okrs-csv/date-cell.ts'
import { csvOptionsOf, importQuery, presentImport } from '../contracts/okrs-csv/import-request.ts'
import { readOkrsCsv, type OkrsCsv } from '../contracts/okrs-csv/read-okrs-csv.ts'
import type { ImportReport } from '../domain/okr-import/import-report.ts'
import { CSV_EXPORTS, exportCsv, exportJson } from '../http/export-stream.ts'
import { authorOf, byOption, reasonOption, type AuthorFlags } from './author.ts'
import { lintOptionsOf, sayHints } from './hints.ts'
import { importText } from './import-text.ts'
import { say, withService } from './one-off.ts'
import { reasonOf, whyUnreadable } from './unreachable-file.ts'

type Settings = ReturnType<typeof readSettings>

interface ImportFlags extends AuthorFlags {
  readonly cycle?: string
  readonly map: readonly string[]
  readonly dateFormat?: string
  readonly decimal?: string
  readonly dryRun?: boolean
  readonly skipBroken?: boolean
  readonly json?: boolean
  readonly yes?: boolean
}

/** `import` and `export-all`: moving in, and out again. */
export function addTransferCommands(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  program
    .command('import')
    .argument('<file>', 'a table as CSV: our columns, or those of another OKR tool')
    .option('--cycle <cycle>', 'the cycle of lines that name none: 2026-Q4')
    .option('--map <mapping>', '"Their column=our column"; may be given several times', collected, [])
    .addOption(
      new Option('--date-format <format>', 'how dates such as 05/12/2026 are read').choices(DATE_FORMATS),
    )
    .addOption(
      new Option('--decimal <mark>', 'the decimal mark of numbers such as 1,234').choices(['.', ',']),
    )
    .option('--dry-run', 'only say line by line what would be done')
    .option('--skip-broken', 'leave broken lines out instead of refusing the file')
    .option('--yes', 'do not ask')
    .option('--json', 'print the report as JSON')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('import objectives, key results and check-ins from CSV, every line or none')
    .action((file: string, flags: ImportFlags) =>
      importFile(() => readSettings(environment), file, { ...flags, lint: lintOptionsOf(environment) }),
    )

  program
    .command('export-all')
    .requiredOption('--out <folder>', 'where the files go; made when it is not there')
    .description('write everything as JSON, and each table as CSV')
    .action(({ out }: { out: string }) => exportAll(readSettings(environment), out))
}

function collected(value: string, before: readonly string[]): string[] {
  return [...before, value]
}

/** Throws `OKR_INPUT_INVALID` for a file that cannot be read, and for one with broken lines, after saying which. */
async function importFile(
  settings: () => Settings,
  file: string,
  flags: ImportFlags & { readonly lint: LintOptions },
): Promise<void> {
  const csv = await readFileOf(file, flags)
  const options = { cycle: flags.cycle ?? null, skipsBroken: flags.skipBroken === true }
  await withService(settings(), async ({ database, clock, doorbell }) => {
    const deps = { database, clock, doorbell, ...authorOf(flags) }
    const preview = await previewImport(deps, csv.rows, options)
    const isBroken = ({ problems, counts }: ImportReport) =>
      problems.length > 0 || (counts.problem > 0 && !options.skipsBroken)
    const goesOn = !isBroken(preview) && flags.dryRun !== true && (await isWanted(csv, preview, flags))
    // Goals may have changed since they were looked at: what was found then is told, not what was found before.
    const report = goesOn ? await importOkrs(deps, csv.rows, options) : preview
    const hints = await hintsOnImport(database.records, report, flags.lint)
    print(csv, { report, hints }, flags, report.isApplied && flags.yes !== true)
    if (isBroken(report)) {
      throw new ThroughlineError(
        'OKR_INPUT_INVALID',
        `Nothing was imported: ${report.counts.problem} of ${report.lines.length} lines of ${file} are broken. ` +
          'Correct them, or leave them out with --skip-broken.',
      )
    }
  })
}

async function readFileOf(file: string, flags: ImportFlags): Promise<OkrsCsv> {
  const { map, dateFormat, decimal } = flags
  const asked = importQuery.safeParse({ map: [...map], dateFormat, decimal })
  if (!asked.success) throw invalid(asked.error.issues.map(({ message }) => `${message}.`).join(' '))
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw invalid(`The file ${file} cannot be read: ${whyUnreadable(file, cause)}.`, cause)
  })
  const csv = readOkrsCsv(bytes, csvOptionsOf(asked.data))
  if (csv.kind === 'unreadable') throw invalid(`The file ${file} ${csv.why}`)
  return csv
}

/** Shows what would be done and asks; without a terminal there is nobody to ask. */
async function isWanted(csv: OkrsCsv, preview: ImportReport, { yes, json }: ImportFlags): Promise<boolean> {
  if (yes === true) return true
  if (json === true || !process.stdin.isTTY) {
    throw invalid('There is nobody to ask. Give --yes to import, or --dry-run to look.')
  }
  say(importText(csv, preview))
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('Import? [y/N] ').finally(() => terminal.close())
  return /^y(es)?$/i.test(answer.trim())
}

function print(
  csv: OkrsCsv,
  { report, hints }: { readonly report: ImportReport; readonly hints: ManyHints },
  { json }: ImportFlags,
  wasShown: boolean,
): void {
  if (json === true) {
    say(JSON.stringify({ ...presentImport(csv, report), ...presentHintsOnMany(hints) }, null, 2))
    return
  }
  if (!wasShown) say(importText(csv, report))
  say(report.isApplied ? 'Imported.' : 'Nothing was written.')
  sayHints(hints)
}

async function exportAll(settings: Settings, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw invalid(`The folder ${folder} cannot be made: ${reasonOf(cause)}.`, cause)
  })
  await withService(settings, async ({ database: { records }, clock }) => {
    await write(folder, 'everything.ndjson', exportJson(records, clock.now()))
    for (const table of CSV_EXPORTS) await write(folder, `${table}.csv`, exportCsv(records, table))
  })
}

async function write(folder: string, name: string, lines: AsyncIterable<string>): Promise<void> {
  const file = resolve(folder, name)
  await pipeline(Readable.from(lines), createWriteStream(file))
  say(`Written: ${file}`)
}

function invalid(message: string, cause?: unknown): ThroughlineError {
  return new ThroughlineError('OKR_INPUT_INVALID', message, { cause })
}
