import { readFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { presentLint, setOfDraft } from '../contracts/api/lint.ts'
import { readOkrDraft } from '../contracts/okrs/draft-document.ts'
import { utf8Text } from '../contracts/okrs/utf8-text.ts'
import type { Finding } from '../domain/lint/finding.ts'
import { countFindings, lint } from '../domain/lint/lint.ts'
import { LOCALES, type Locale } from '../domain/writeback/messages.ts'
import { singleLine } from '../domain/writeback/plain-text.ts'
import { ExitCode } from './exit-code.ts'
import { languageOfSystem } from './hints.ts'
import { say } from './one-off.ts'
import { whyUnreadable } from './unreachable-file.ts'

interface LintOptions {
  readonly language?: Locale
  readonly json?: boolean
  readonly strict?: boolean
}

interface Place {
  readonly file: string
  readonly lineOf: (path: readonly (string | number)[]) => number | null
}

const FOUND = 1
const UNREADABLE = 2

/** Adds `throughline lint`, which needs neither settings nor a database. */
export function addLintCommand(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  program
    .command('lint')
    .argument('<file>', 'OKRs as YAML or JSON; a draft is enough')
    .addOption(new Option('--language <language>', 'the language of messages').choices(LOCALES))
    .option('--json', 'print the findings as JSON')
    .option('--strict', 'exit with 1 when something is found')
    .description('say what could be better about objectives and key results, in English or Chinese')
    .action((file: string, options: LintOptions) =>
      lintFile(file, { language: languageOfSystem(environment), ...options }),
    )
}

/**
 * Lints a file and prints `file:line rule message` with a suggestion for each finding.
 * @throws ExitCode 1 for findings when strict, questions aside; 2 for a file that cannot be read
 */
async function lintFile(file: string, { language = 'en', json, strict }: LintOptions): Promise<void> {
  const reading = readOkrDraft(await textOf(file))
  if (reading.kind === 'problems') {
    for (const { line, path, message } of reading.problems) {
      complain(`${file}:${line ?? 1} ${path === '' ? 'the file' : path} ${message}`)
    }
    throw new ExitCode(UNREADABLE)
  }
  const { draft, lineOf } = reading
  const findings = lint(
    setOfDraft(draft, () => null),
    { locale: language },
  )
  if (json === true) say(JSON.stringify(withLines(findings, { file, lineOf }), null, 2))
  else say(textOfFindings(findings, { file, lineOf }))
  if (strict === true && findings.some(({ severity }) => severity === 'hint')) throw new ExitCode(FOUND)
}

async function textOf(file: string): Promise<string> {
  const refuse = (why: string): never => {
    complain(`${file} ${why}`)
    throw new ExitCode(UNREADABLE)
  }
  const bytes = await readFile(file).catch((error: unknown) =>
    refuse(`cannot be read: ${whyUnreadable(file, error)}`),
  )
  const read = utf8Text(bytes)
  return read.kind === 'text' ? read.text : refuse(read.why)
}

function withLines(findings: readonly Finding[], place: Place) {
  const { findings: presented, counts } = presentLint(findings)
  return {
    file: place.file,
    findings: presented.map((finding, index) => ({
      line: lineOfFinding(findings[index]!, place),
      ...finding,
    })),
    counts,
  }
}

function textOfFindings(findings: readonly Finding[], place: Place): string {
  const lines = findings.map((finding) => {
    const { rule, message, suggestion, subject } = finding
    const key = subject.keyResult === null ? subject.objectiveKey : subject.keyResultKey
    const where = `${place.file}:${lineOfFinding(finding, place)}${key === null ? '' : ` ${key}`}`
    // Titles of a file from anybody: nothing in them may steer a terminal.
    return `${singleLine(`${where} ${rule} ${message}`)}\n    → ${singleLine(suggestion)}`
  })
  return [...lines, summaryOf(findings)].join('\n')
}

/** Questions are counted by themselves: they say nothing against a goal. */
function summaryOf(findings: readonly Finding[]): string {
  const { hint: hints = [], question: questions = [] } = Object.groupBy(findings, ({ severity }) => severity)
  const found = hints.length === 0 ? 'Nothing found' : `${hints.length} found: ${rulesOf(hints)}`
  if (questions.length === 0) return `${found}.`
  const asked = `${questions.length} ${questions.length === 1 ? 'question' : 'questions'}`
  return `${found}; ${asked}: ${rulesOf(questions)}.`
}

function rulesOf(findings: readonly Finding[]): string {
  return Object.entries(countFindings(findings))
    .map(([rule, count]) => `${rule} ${count}`)
    .join(', ')
}

function lineOfFinding({ subject, rule }: Finding, { lineOf }: Place): number {
  if (subject.objective === null) return lineOf(['objectives']) ?? 1
  const objective = ['objectives', subject.objective]
  const goal = subject.keyResult === null ? objective : [...objective, 'keyResults', subject.keyResult]
  const isOfTitle = rule !== 'no-owner' && rule !== 'no-due-date'
  return lineOf(isOfTitle ? [...goal, 'title'] : goal) ?? 1
}

function complain(line: string): void {
  process.stderr.write(`${singleLine(line)}\n`)
}
