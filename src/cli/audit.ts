import type { Command } from 'commander'
import { ThroughlineError } from '../app/errors.ts'
import { readSettings, type Settings } from '../config.ts'
import { auditQuery, presentAuditEntry } from '../contracts/api/audit.ts'
import { inputProblems } from '../contracts/problem-text.ts'
import { auditText } from './audit-text.ts'
import { say, withService } from './one-off.ts'

interface AuditFlags {
  readonly action?: string
  readonly from?: string
  readonly until?: string
  readonly limit: string
  readonly json?: boolean
}

/** `audit`: who changed what, and why. */
export function addAuditCommand(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  program
    .command('audit')
    .argument('[subject]', 'only what was done to this, for example KR-12')
    .option('--action <action>', 'only what was done in this way, for example key_result.update')
    .option('--from <when>', 'only from then on: a day in UTC such as 2026-11-01, or an instant')
    .option('--until <when>', 'only before then')
    .option('--limit <n>', 'how many changes, newest first', '50')
    .option('--json', 'print the entries as JSON')
    .description('who changed what, when, before and after, and why')
    .action((subject: string | undefined, flags: AuditFlags) =>
      printAudit(() => readSettings(environment), subject, flags),
    )
}

async function printAudit(
  settings: () => Settings,
  subjectText: string | undefined,
  { json, ...flags }: AuditFlags,
): Promise<void> {
  const given = {
    ...flags,
    ...{ subject: subjectText, from: instantOfDay(flags.from), until: instantOfDay(flags.until) },
  }
  const read = auditQuery.safeParse(given)
  if (!read.success) {
    const problems = inputProblems(read.error.issues, given)
    throw new ThroughlineError(
      'OKR_INPUT_INVALID',
      `Cannot look that up: ${problems.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
      { problems },
    )
  }
  const { subject = null, action = null, from = null, until = null, limit } = read.data
  await withService(settings(), async ({ database: { records } }) => {
    const entries = await records.audit.list({ after: null, limit }, { subject, action, from, until })
    say(json === true ? JSON.stringify(entries.map(presentAuditEntry), null, 2) : auditText(entries))
  })
}

/** A day means its first moment. */
function instantOfDay(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text
}
