import { describe, expect, it } from 'vitest'
import { readOkrDocument } from '../../src/contracts/okrs/okr-document.ts'

const told = (text: string) => {
  const read = readOkrDocument(text)
  if (read.kind === 'document') throw new Error('the file has nothing that could not be read')
  return read.problems.map(({ line, message }) => `${line}: ${message}`)
}

const OTHER_INDENT =
  'the line is indented unlike those it belongs to; begin the properties of one goal, and the entries (-) of one list, ' +
  'in the same column'
const GOES_ON =
  'the text goes on after a closing quote or bracket; put all of it in "…", and write \\" for a quote inside'
const COLON = 'a colon with a space after it makes a name of the words before it'

describe('a slip in the YAML of a file', () => {
  it.each([
    [
      'a colon in a title',
      'a:\n  - title: Grow: fast # why\n',
      2,
      12,
      `${COLON}; put the text in quotes: "Grow: fast"`,
    ],
    ['a colon at its end', 'a:\n  title: Grow:\n', 2, 10, `${COLON}; put the text in quotes: "Grow:"`],
    [
      'a colon in braces',
      'a: { title: Grow: fast, b: 1 }',
      1,
      13,
      `${COLON}; put the text in quotes: "Grow: fast"`,
    ],
    ['a colon beside a quote', 'a: Say "yes": often', 1, 4, `${COLON}; put the text in quotes`],
    [
      'a comma that is missing',
      "a: { kind: metric unit: '%' }",
      1,
      12,
      'put a comma before unit, or the whole text in quotes',
    ],
    ['a tab', 'a:\n\tb: 1', 2, 1, 'the line is indented with a tab; indent it with spaces'],
    ['a property further left', 'a:\n   b: 1\n  c: 2', 3, 1, OTHER_INDENT],
    ['a property beside the dash', 'a:\n  - key: O-1\n   title: x', 3, 1, OTHER_INDENT],
    ['an entry among properties', 'a:\n  b: 1\n  - x', 3, 1, OTHER_INDENT],
    [
      'a property further right',
      'a:\n  b: 1\n   c: 2',
      2,
      6,
      'the line below is indented more, though the value stands here already; indent both alike, or put the text of both in quotes',
    ],
    [
      'a title that begins with %',
      'a: % of users',
      1,
      4,
      'a text cannot begin with % here; put the text in quotes: "% of users"',
    ],
    [
      'a title that begins with a dash',
      'a: - users',
      1,
      4,
      'a text cannot begin with - here; put the text in quotes: "- users"',
    ],
    [
      'a title that begins with a star',
      'a: *all users',
      1,
      9,
      'a text cannot begin with * here; put the text in quotes: "*all users"',
    ],
    [
      'a title that begins with >',
      'a: > 5 users',
      1,
      6,
      'a text cannot begin with > here; put the text in quotes: "> 5 users"',
    ],
    ['a title that begins with a bracket', 'a: [Draft] Grow', 1, 12, GOES_ON],
    ['an apostrophe in quotes', "a: 'It's done'", 1, 8, GOES_ON],
    ['a quote that stays open', 'a: 1\nb: "x\nc: 2\n', 2, 4, 'the quote that begins here is not closed'],
    [
      'a bracket that stays open',
      'a: [1, 2\nb: 3',
      2,
      1,
      'a [ further up, or in this line, is not closed with ]',
    ],
    ['a brace that stays open', 'a: { b: 1', 1, 10, 'a { further up, or in this line, is not closed with }'],
    ['a bracket too many', 'a: }', 1, 4, 'nothing is open that } could close; take it out'],
    [
      'a backslash in quotes',
      'a: "C:\\d"',
      1,
      7,
      `a backslash in "…" begins a special character; write it twice, or use '…'`,
    ],
    ['no space after a colon', 'a: 1\nb:2\nc: 3', 2, 1, 'put a space after the colon of b'],
    [
      'a line without a name',
      'a: 1\nb\nc: 2',
      2,
      1,
      'expected a name, a colon, a space and a value, such as title: New customers succeed',
    ],
    [
      'two documents',
      'a: 1\n---\nb: 2',
      2,
      1,
      'a second document begins; put everything into one, without the line ---',
    ],
    [
      'a merge that was not finished',
      'x: 1\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> branch\n',
      2,
      1,
      'a merge left two versions here; keep one, and take out the lines with <<<<<<<, ======= and >>>>>>>',
    ],
  ])('is told once with its place and what to write: %s', (_, text, line, column, advice) => {
    expect(told(text)).toEqual([`${line}: is not YAML at column ${column}: ${advice}`])
  })

  it('is told of brackets without end, however many', () => {
    expect(told(`a: ${'['.repeat(20_000)}`)).toEqual([
      expect.stringMatching(
        /^1: is not YAML at column \d+: the text is nested deeper than 60 levels$/,
      ) as string,
    ])
  })

  it('is told of each line that has one', () => {
    const lines = told('a:\n  - title: One: two\n  - title: Fine\n  - title: Three: four\n')
    expect(lines.map((text) => text.slice(0, 1))).toEqual(['2', '4'])
  })
})

describe('a number in a file that is none', () => {
  it.each([
    ['.nan', 'NaN, which is no number'],
    ['.inf', 'infinity, or a number too large to keep'],
    ['-.Inf', 'minus infinity, or a number too large to keep'],
    ['1e999', 'infinity, or a number too large to keep'],
  ])('is told as what stands there: %s', (number, found) => {
    const text = `version: 1\nkpis: [{ key: KPI-1, title: T, unit: '%', band: { below: ${number} } }]`
    expect(told(text)).toEqual([`2: expected a number; found ${found}`])
  })

  it('is not told as null inside of something else either', () => {
    const text = 'version: 1\nkpis: [{ key: KPI-1, title: [.nan], unit: h, band: { below: 5 } }]'
    expect(told(text)).toEqual(['2: expected text; found ["NaN, which is no number"]'])
  })
})
