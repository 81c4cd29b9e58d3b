import { z } from 'zod'
import type { ImportReport } from '../../domain/okr-import/import-report.ts'
import { ROW_TYPES } from '../../domain/okr-import/import-row.ts'
import { lineOfText } from '../api/fields.ts'
import { hintsOnMany } from '../api/lint.ts'
import { DATE_FORMATS } from './date-cell.ts'
import { readMapping, type ColumnMapping } from './map-columns.ts'
import type { CsvOptions, OkrsCsv } from './read-okrs-csv.ts'

const mapping = z.string().transform((text, context): ColumnMapping => {
  const read = readMapping(text)
  if (read.kind === 'mapping') return read.mapping
  context.addIssue({ code: 'custom', message: read.why })
  return z.NEVER
})

const yes = z.enum(['true', 'false']).default('false')

export const importQuery = z.strictObject({
  cycle: lineOfText(200)
    .optional()
    .meta({ description: 'The cycle of lines that name none.', examples: ['2026-Q4'] }),
  dryRun: yes.meta({ description: '`true`: only says what would be done.' }),
  skipBroken: yes.meta({ description: '`true`: leaves broken lines out instead of refusing the file.' }),
  dateFormat: z
    .enum(DATE_FORMATS)
    .optional()
    .meta({ description: 'How dates such as 05/12/2026 are read: `dmy` or `mdy`.' }),
  decimal: z.enum(['.', ',']).optional().meta({ description: 'The decimal mark of numbers such as 1,234.' }),
  map: z
    .union([mapping.transform((one) => [one]), z.array(mapping).max(100)])
    .optional()
    .meta({
      description: '`Their column=our column`; may be given several times.',
      examples: ['Ziel=title'],
    }),
})

export function csvOptionsOf({
  dateFormat,
  decimal,
  map,
}: Pick<z.output<typeof importQuery>, 'dateFormat' | 'decimal' | 'map'>): CsvOptions {
  return { dateFormat: dateFormat ?? null, decimalMark: decimal ?? null, mappings: map ?? [] }
}

const outcome = z.enum(['create', 'change', 'unchanged', 'check_in', 'skipped', 'problem'])

export const importResponse = z
  .object({
    isApplied: z.boolean().meta({ description: 'False: nothing was written.' }),
    counts: z.record(outcome, z.int()).meta({ description: 'How many lines became what.' }),
    newCheckIns: z.int(),
    madeBeside: z
      .array(z.object({ kind: z.string(), key: z.string(), title: z.string() }))
      .meta({ description: 'Cycles, teams and objectives that lines name without being about them.' }),
    problems: z.array(z.string()).meta({ description: 'What is wrong with the file and stands on no line.' }),
    columns: z
      .array(z.object({ column: z.string(), name: z.string() }))
      .meta({ description: 'Columns of ours, and what the file calls them.' }),
    unusedColumns: z.array(z.string()).meta({ description: 'Columns that nothing is taken from.' }),
    lines: z.array(
      z.object({
        line: z.int().meta({ description: 'The header is line 1.' }),
        type: z.enum(ROW_TYPES),
        outcome,
        key: z.string().nullable(),
        title: z.string().nullable(),
        changes: z.array(z.object({ name: z.string(), before: z.unknown(), after: z.unknown() })),
        checkIn: z.enum(['new', 'known']).nullable(),
        notes: z.array(z.string()),
        problems: z.array(z.object({ column: z.string().nullable(), message: z.string() })),
      }),
    ),
    ...hintsOnMany,
  })
  .meta({ id: 'ImportReport', description: 'What becomes of each line of a file.' })

/** A report for programs. */
export function presentImport(
  { columns, unusedColumns }: OkrsCsv,
  report: ImportReport,
): z.output<typeof importResponse> {
  return {
    ...report,
    madeBeside: [...report.madeBeside],
    problems: [...report.problems],
    columns: columns.map(({ column, name }) => ({ column, name })),
    unusedColumns: [...unusedColumns],
    lines: report.lines.map((line) => ({
      ...line,
      changes: line.changes.map(({ name, before, after }) => ({
        name,
        before: before ?? null,
        after: after ?? null,
      })),
      notes: [...line.notes],
      problems: [...line.problems],
    })),
  }
}
