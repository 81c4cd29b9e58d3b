import { expect, it } from 'vitest'
import { importText } from '../../src/cli/import-text.ts'
import { readOkrsCsv } from '../../src/contracts/okrs-csv/read-okrs-csv.ts'
import { countOutcomes, type ReportLine } from '../../src/domain/okr-import/import-report.ts'

const NO_COLUMNS = readOkrsCsv(Buffer.from('type,key\nkey_result,KR-8\n'), {
  mappings: [],
  dateFormat: null,
  decimalMark: null,
})

function textOf(given: Partial<ReportLine>): string {
  if (NO_COLUMNS.kind === 'unreadable') throw new Error(NO_COLUMNS.why)
  const line: ReportLine = {
    ...{ line: 2, type: 'check_in', outcome: 'check_in', key: null, title: null },
    ...{ changes: [], checkIn: null, notes: [], problems: [], ...given },
  }
  const report = { madeBeside: [], problems: [], newCheckIns: 1, isApplied: true }
  return importText(NO_COLUMNS, { ...report, lines: [line], counts: countOutcomes([line]) })
}

it('names a check-in once, and what it is about', () => {
  const key = 'KR-8' as ReportLine['key']
  expect(textOf({ key, checkIn: 'new' })).toBe('line 2: check-in on KR-8\n1 line: 1 check-in; 1 check-in.')
  expect(textOf({ type: 'key_result', key, title: 'NPS', checkIn: 'new' })).toMatch(
    /^line 2: check-in on KR-8 NPS\n/,
  )
  expect(textOf({ outcome: 'skipped', notes: ['Why.'] })).toMatch(/^line 2: skipped check-in\n/)
})
