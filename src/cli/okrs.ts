import { readFile, rename, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { ThroughlineError } from '../app/errors.ts'
import { hintsOnPlan } from '../app/goals/hints-on-many.ts'
import type { LintOptions } from '../app/goals/lint-gradually.ts'
import { applyOkrs, type ApplyStage } from '../app/okrs/apply-okrs.ts'
import { exportOkrs } from '../app/okrs/export-okrs.ts'
import { planOkrs, problemsOfPart } from '../app/okrs/plan-okrs.ts'
import { readSettings, type Settings } from '../config.ts'
import { presentHintsOnMany } from '../contracts/api/lint.ts'
import type { DocumentProblem } from '../contracts/okrs/document-problem.ts'
import { allProblems, placedProblems, readOkrDocument } from '../contracts/okrs/okr-document.ts'
import { okrText } from '../contracts/okrs/okr-text.ts'
import { presentPlan } from '../contracts/okrs/plan-response.ts'
import { utf8Text } from '../contracts/okrs/utf8-text.ts'
import { parseCycleKey } from '../domain/ids.ts'
import { countText, planText } from '../domain/okrs/plan-text.ts'
import { singleLine } from '../domain/writeback/plain-text.ts'
import { authorOf, byOption, reasonOption, type AuthorFlags } from './author.ts'
import { ExitCode } from './exit-code.ts'
import { lintOptionsOf, sayHints } from './hints.ts'
import { say, withService } from './one-off.ts'
import { createProgressLine } from './progress-line.ts'
import { whyUnreadable } from './unreachable-file.ts'

/** The file cannot be read, or goals and file do not go together. */
const REFUSED = 2
const NOT_WANTED = 3
const CONFLICT = 4

interface ApplyFlags extends AuthorFlags {
  readonly yes?: boolean
  readonly dryRun?: boolean
  readonly overwrite?: boolean
  readonly json?: boolean
}

/** `apply` and `export`: OKRs as code. */
export function addOkrCommands(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  program
    .command('apply')
    .argument('<file>', 'OKRs as YAML or JSON: okrs.yaml')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only say what would be done')
    .option('--overwrite', 'the file wins over what somebody changed since, or made beside it')
    .option('--json', 'print the plan as JSON; needs --yes or --dry-run')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('show what a file of OKRs changes, and change it: everything or nothing')
    .action((file: string, flags: ApplyFlags) =>
      applyFile(() => readSettings(environment), file, { ...flags, lint: lintOptionsOf(environment) }),
    )

  program
    .command('export')
    .option('--cycle <cycle>', 'only this cycle: 2026-Q4')
    .option('--out <file>', 'write into a file instead of printing')
    .description('write the OKRs as a file that can be applied again')
    .action((flags: { cycle?: string; out?: string }) => exportFile(readSettings(environment), flags))
}

/**
 * @throws ExitCode 2 for a file that cannot be read or applied, 3 when the answer was no, 4 for conflicts and for a plan
 *   that changed while it was looked at
 */
async function applyFile(
  settings: () => Settings,
  path: string,
  flags: ApplyFlags & { readonly lint: LintOptions },
): Promise<void> {
  const text = await textOf(path, flags)
  const file = await step('Reading the file …', () => Promise.resolve(readOkrDocument(text)))
  if (file.kind === 'problems' && file.part === null) throw refused(path, file.problems, REFUSED, flags)
  await withService(settings(), async ({ database, clock, doorbell }) => {
    // Whoever puts the file right wants to know all of it at once.
    if (file.kind === 'problems') {
      const further = file.part === null ? [] : await problemsOfPart(database.records, file.part, clock.now())
      throw refused(path, allProblems(file, further), REFUSED, flags)
    }
    const options = { archiveMissing: true, overwrite: flags.overwrite === true }
    const planned = await step('Comparing with what is stored …', () =>
      planOkrs(database.records, file.document, options, clock.now()),
    )
    if (planned.kind === 'refused') {
      const isConflict = planned.problems.every(({ kind }) => kind === 'conflict')
      const problems = placedProblems(planned.problems, file.lineOf)
      throw refused(path, problems, isConflict ? CONFLICT : REFUSED, flags)
    }
    const { plan } = planned
    const hints = await hintsOnPlan(file.document, plan.changes, flags.lint)
    if (flags.json === true) {
      say(JSON.stringify({ ...presentPlan(plan), ...presentHintsOnMany(hints) }, null, 2))
    } else {
      say(planText(plan))
      sayHints(hints)
    }
    if (flags.dryRun === true) return
    if (plan.changes.length > 0 && !(await isWanted(flags))) {
      say('Nothing was applied.')
      throw new ExitCode(NOT_WANTED)
    }
    const deps = { database, clock, doorbell, ...authorOf(flags) }
    const task = `Applying ${plan.changes.length} changes …`
    await step(task, (show) =>
      applyOkrs(deps, file.document, {
        ...options,
        expectedPlan: plan.fingerprint,
        onStage: (stage) => show(`${task} ${STAGES[stage]}`),
      }).catch(meanwhileChanged),
    )
    if (plan.changes.length > 0 && flags.json !== true) say(`Applied: ${countText(plan.changes)}.`)
  })
}

const STAGES: Readonly<Record<ApplyStage, string>> = {
  comparing: 'comparing once more',
  writing: 'goals',
  telling: 'audit log and feed',
}

/** Says what is being done, and how long it took, beside what is printed. */
async function step<T>(text: string, work: (show: (text: string) => void) => Promise<T>): Promise<T> {
  const progress = createProgressLine(process.stderr)
  const startedAt = performance.now()
  progress.show(text)
  try {
    const result = await work(progress.show)
    progress.show(`${text} ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
    return result
  } finally {
    progress.end()
  }
}

async function textOf(path: string, flags: ApplyFlags): Promise<string> {
  const unreadable = (message: string) => refused(path, [{ line: null, path: '', message }], REFUSED, flags)
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(`cannot be read: ${whyUnreadable(path, cause)}`)
  })
  const read = utf8Text(bytes)
  if (read.kind === 'unreadable') throw unreadable(read.why)
  return read.text
}

/** Without a terminal there is nobody to ask. */
async function isWanted({ yes, json }: ApplyFlags): Promise<boolean> {
  if (yes === true) return true
  if (json === true || !process.stdin.isTTY) {
    throw new ThroughlineError(
      'OKR_INPUT_INVALID',
      'There is nobody to ask. Give --yes to apply, or --dry-run to look.',
    )
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('Apply? [y/N] ').finally(() => terminal.close())
  return /^y(es)?$/i.test(answer.trim())
}

/** Prints every problem with its line and ends the command. */
function refused(
  path: string,
  problems: readonly DocumentProblem[],
  exitCode: number,
  { json }: ApplyFlags,
): ExitCode {
  if (json === true) say(JSON.stringify({ problems }, null, 2))
  else {
    for (const { line, path: place, message } of problems) {
      complain(`${path}${line === null ? '' : `:${line}`}: ${place === '' ? '' : `${place} `}${message}`)
    }
    complain(`Nothing was applied: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`)
  }
  return new ExitCode(exitCode)
}

function meanwhileChanged(error: unknown): never {
  if (!(error instanceof ThroughlineError)) throw error
  if (error.code !== 'OKR_PLAN_CHANGED' && error.code !== 'OKR_APPLY_CONFLICT') throw error
  complain(error.message)
  throw new ExitCode(CONFLICT)
}

/** Names and texts of a file from anybody: nothing in them may steer a terminal. */
function complain(text: string): void {
  process.stderr.write(`${text.split('\n').map(singleLine).join('\n')}\n`)
}

/** Throws `OKR_CYCLE_NOT_FOUND`. */
async function exportFile(
  settings: Settings,
  { cycle, out }: { cycle?: string; out?: string },
): Promise<void> {
  const key = cycle === undefined ? null : parseCycleKey(cycle)
  if (cycle !== undefined && key === null) {
    throw new ThroughlineError(
      'OKR_INPUT_INVALID',
      `--cycle ${cycle} is no cycle key; expected something like 2026-Q4.`,
    )
  }
  await withService(settings, async ({ database: { records } }) => {
    const text = await step('Reading what is stored …', async () =>
      okrText(await exportOkrs(records, { cycle: key })),
    )
    if (out === undefined) {
      process.stdout.write(text)
      return
    }
    // Beside it first: a file that is being read or kept in version control is never half there.
    const draft = `${out}.${process.pid}.tmp`
    await writeFile(draft, text)
      .then(() => rename(draft, out))
      .catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new ThroughlineError('OKR_INPUT_INVALID', `${out} cannot be written: ${reason}`, { cause })
      })
    say(`Written to ${out}.`)
  })
}
