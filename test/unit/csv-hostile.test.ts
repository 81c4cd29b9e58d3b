import { describe, expect, it } from 'vitest'
import { MOST_CSV_BYTES } from '../../src/contracts/okrs-csv/decode-text.ts'
import { readOkrsCsv } from '../../src/contracts/okrs-csv/read-okrs-csv.ts'
import { typedRows } from '../../src/domain/okr-import/typed-rows.ts'

const OPTIONS = { mappings: [], dateFormat: null, decimalMark: null }
const read = (csv: string | Uint8Array) =>
  readOkrsCsv(typeof csv === 'string' ? Buffer.from(csv) : csv, OPTIONS)

function rowsOf(csv: string) {
  const found = read(csv)
  if (found.kind === 'unreadable') throw new Error(found.why)
  return found.rows
}

/** Lines and what is wrong with each. */
const told = (csv: string) =>
  rowsOf(csv).map(({ line, problems }) => [
    line,
    ...problems.map(({ column, message }) => `${column ?? '-'}: ${message}`),
  ])

function whyNot(csv: string | Uint8Array): string {
  const found = read(csv)
  return found.kind === 'unreadable' ? found.why : 'it was read'
}

describe('a file that is hard to read', () => {
  it('may say its separator in a first line, and counts its lines from there', () => {
    expect(told('sep=;\ntitle;target\na;1,5\nb;many\n')).toEqual([
      [3],
      [4, expect.stringMatching(/^target: “many” is not a number/)],
    ])
  })

  it('keeps its line numbers through line breaks in quotes, and names the first line of each record', () => {
    expect(told('title,description,target\n"a\r\nb","x\ny\n\nz",5\nb,,many\n"c\n",,much\n')).toEqual([
      [2],
      [7, expect.stringMatching(/^target: “many”/)],
      [8, expect.stringMatching(/^target: “much”/)],
    ])
  })

  it.each([
    ['two columns of one name', 'title,target,Target\na,1,2\n', /two columns called target.*rename one/],
    [
      'no header',
      'Grow the market,Ada\nRaise NPS,Bo\n',
      /line 1, which names the columns, has Grow the market, Ada/,
    ],
    ['nothing', '', /is empty/],
    ['too many rows', `title\n${'a\n'.repeat(100_001)}`, /more than 100000 rows.*split it/],
    ['too many bytes', new Uint8Array(MOST_CSV_BYTES + 1), /has 21 MB; at most 20/],
    ['UTF-16 without a mark', Buffer.from('title\nx', 'utf16le'), /UTF-16 without a byte order mark/],
  ])('is refused as a whole with what to do: %s', (_name, csv, why) => {
    expect(whyNot(csv)).toMatch(why)
  })

  it('takes two columns of one name where nothing is taken from them', () => {
    expect(told('title,mood,mood\na,1,2\n')).toEqual([[2]])
  })

  it('has its long cells refused, without being looked through for what they might mean', () => {
    const spaces = ' '.repeat(100_000)
    const startedAt = performance.now()
    expect(
      told(
        `title,target,due,at,confidence\na,1${spaces}x,2026${spaces}x,5${spaces}:x,1${spaces}x\n${'x'.repeat(1e6)},5,,,\n`,
      ),
    ).toEqual([
      [
        2,
        ...['target', 'due', 'at', 'confidence'].map((column): unknown =>
          expect.stringMatching(new RegExp(`^${column}: .*has 10\\d{4} characters; at most 300 are read`)),
        ),
      ],
      [3, expect.stringMatching(/^title: “x+…” has 1000000 characters; at most 300 are read/)],
    ])
    // Looking through one of them by a pattern that backtracks takes minutes.
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('tells the type of a line by the cells it has, also by those that cannot be read', () => {
    const types = (csv: string) => typedRows(rowsOf(csv)).map(({ type }) => type)
    expect(types('title,parent,target\na,,\nb,a,many\nc,a,#N/A\nd,a,\n')).toEqual([
      ...['objective', 'key_result', 'key_result', 'objective'],
    ])
    expect(types('title,objective,target\nb,a,many\nc,a,\n')).toEqual(['key_result', 'key_result'])
  })

  it('may hold what cannot be seen, and formulas as they are', () => {
    expect(rowsOf('title,target,key\n\u00a0=A1&"x",\u00a05\u200b,\u200bKR-1\n')).toMatchObject([
      { cells: { title: '=A1&"x"', target: 5, key: 'KR-1' }, problems: [] },
    ])
    expect(told('title,target,due\na,=SUM(A1:A3),46387\nb,#DIV/0!,\n')).toEqual([
      [
        2,
        expect.stringMatching(/^target: “=SUM\(A1:A3\)” is not a number/),
        expect.stringMatching(/^due: .*spreadsheet counts/),
      ],
      [3, expect.stringMatching(/^target: “#DIV\/0!” is not a number/)],
    ])
  })

  it('is never a reason to guess what a number or a day means', () => {
    expect(told('title,target,due\na,"1.234,56",\nb,"1,234.56",\nc,"1,234",03/04/2026\n')).toEqual([
      [2],
      [3],
      [
        4,
        expect.stringMatching(/^target: “1,234” could be read with a decimal comma or point; say which/),
        expect.stringMatching(/^due: “03\/04\/2026” could be read day first or month first/),
      ],
    ])
  })
})
