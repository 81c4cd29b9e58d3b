import { describe, expect, it } from 'vitest'
import { readOkrsCsv } from '../../src/contracts/okrs-csv/read-okrs-csv.ts'
import { translateRows, type Translation } from '../../src/domain/okr-import/translate-rows.ts'

const NOTHING_STORED = { cycles: [], teams: [], objectives: [], keyResults: [], initiatives: [], kpis: [] }

function translated(...lines: readonly string[]): Translation {
  const read = readOkrsCsv(Buffer.from(lines.join('\n')), {
    mappings: [],
    dateFormat: null,
    decimalMark: null,
  })
  if (read.kind === 'unreadable') throw new Error(read.why)
  return translateRows(read.rows, NOTHING_STORED, { cycle: null, without: new Set() })
}

const problemsOf = ({ lines }: Translation) =>
  lines.flatMap(({ row, problems }) =>
    problems.map(({ column, message }) => `${row.line} ${column ?? '-'}: ${message}`),
  )

/** Objectives with their cycles, and the key results under each with the day it is due. */
const goalsOf = ({ document }: Translation) =>
  document.objectives.map(({ title, cycle, keyResults }) => [
    `${cycle} ${title}`,
    ...keyResults.map((keyResult) => `${keyResult.title} ${keyResult.dueDay ?? '-'}`),
  ])

const TYPED = 'type,external_id,cycle,objective,title,target'

describe('the cycle on the line of a key result', () => {
  it('tells objectives of one title apart, also those that only stand beside their key results', () => {
    const made = translated(
      'cycle,objective,key_result,target',
      '2026-Q3,Growth,A,5',
      ',,B,5',
      '2026-Q4,Growth,C,5',
      ',,D,5',
      '2026-Q3,Growth,E,5',
    )
    expect(problemsOf(made)).toEqual([])
    expect(goalsOf(made)).toEqual([
      ['2026-Q3 Growth', 'A -', 'B -', 'E -'],
      ['2026-Q4 Growth', 'C -', 'D -'],
    ])
    const named = translated(
      TYPED,
      ...['objective,,2026-Q3,,Growth,', 'objective,,2026-Q4,,Growth,'],
      ...['key_result,,2026-Q4,Growth,C,5', 'key_result,,2026-Q3,Growth,A,5', 'key_result,,,Growth,X,5'],
    )
    expect(goalsOf(named)).toEqual([
      ['2026-Q3 Growth', 'A -'],
      ['2026-Q4 Growth', 'C -'],
    ])
    expect(problemsOf(named)).toEqual([
      expect.stringMatching(/^6 objective: There is no objective called Growth/),
    ])
  })

  it.each([
    ['its title', 'Growth'],
    ['its external id', 'o'],
  ])(
    'is a problem where it is another one than that of the objective, which is known by %s',
    (_how, name) => {
      const made = translated(TYPED, 'objective,o,2026-Q3,,Growth,', `key_result,,2026-Q4,${name},A,5`)
      expect(problemsOf(made)).toEqual([
        expect.stringMatching(
          /^3 cycle: .* is in the cycle 2026-Q3, and the line says 2026-Q4\. Correct one/,
        ),
      ])
    },
  )

  it('is a problem where it tells no dates, whatever the objective is known by', () => {
    for (const name of ['Growth', 'o']) {
      const made = translated(TYPED, 'objective,o,2026-Q3,,Growth,', `key_result,,FY27 Q1,${name},A,5`)
      expect(problemsOf(made)).toEqual([expect.stringMatching(/^3 cycle: There is no cycle FY27 Q1/)])
    }
  })

  it('says when it is due where it lies within that of the objective, and nothing where it lies around it', () => {
    const made = translated(
      `${TYPED},due`,
      ...['objective,o,2026,,Growth,,', 'objective,p,2026-Q2,,Reach,,'],
      ...[
        'key_result,,2026-Q3,o,A,5,',
        'key_result,,2026-Q3,Growth,B,5,2026-08-15',
        'key_result,,2026,p,C,5,',
      ],
    )
    expect(problemsOf(made)).toEqual([])
    expect(goalsOf(made)).toEqual([
      ['2026 Growth', 'A 2026-09-30', 'B 2026-08-15'],
      ['2026-Q2 Reach', 'C -'],
    ])
    expect(made.lines.map(({ notes }) => notes.filter((note) => note.includes('cycle')))).toEqual([
      [],
      [],
      ['it is in the cycle 2026 of its objective, and due at the end of 2026-Q3'],
      [],
      ['it is in the cycle 2026-Q2 of its objective, which lies within 2026'],
    ])
  })

  it('is that of the line above where the cells of both are blank, and told there alone when it is wrong', () => {
    const made = translated('cycle,objective,key_result,target', 'FY27 Q1,Growth,A,5', ',,B,5', ',,C,many')
    expect(problemsOf(made)).toEqual([
      expect.stringMatching(/^2 cycle: There is no cycle FY27 Q1/),
      expect.stringMatching(/^4 target: “many” is not a number/),
    ])
    expect(made.lines[1]?.hangsOn).toEqual([{ on: 2, name: 'Growth' }])
  })

  it('is a problem of a check-in, too, and a note of an initiative', () => {
    const made = translated(
      `${TYPED},parent,current`,
      ...['objective,o,2026-Q3,,Growth,,,', 'key_result,k,,o,A,5,,'],
      ...['check_in,,2026-Q4,,,,k,3', 'initiative,,2026-Q4,,Do,,k,', 'check_in,,2026-Q3,,,,k,3'],
    )
    expect(problemsOf(made)).toEqual([
      expect.stringMatching(/^4 cycle: KR-1 is in the cycle 2026-Q3, and the line says 2026-Q4/),
    ])
    expect(made.lines[3]?.notes).toEqual([
      'its cycle 2026-Q4 is left out: an initiative goes with its key result',
    ])
  })
})

describe('a line that cannot be taken apart', () => {
  it('lends its blank cells to none below it: those hang on it, and come under no other objective', () => {
    const made = translated(
      'cycle,objective,key_result,target',
      ...['2026-Q4,Growth,A,5', '2026-Q4,Reach,B,5,too,many', ',,C,5'],
    )
    expect(problemsOf(made)).toEqual([expect.stringMatching(/^3 -: The line has 6 fields/)])
    expect(goalsOf(made)[0]).toEqual(['2026-Q4 Growth', 'A -'])
    expect(made.lines[2]?.hangsOn).toEqual([{ on: 3, name: 'Its objective' }])
  })

  it('is named by what others call it, so that only what nobody wrote is missing', () => {
    const made = translated(
      TYPED,
      ...[
        'objective,o,2026-Q4,,Growth,,,,too many',
        'key_result,,2026-Q4,o,A,5',
        'key_result,,2026-Q4,nobody,B,5',
      ],
    )
    expect(problemsOf(made)).toEqual([
      expect.stringMatching(/^2 -: The line has 9 fields/),
      expect.stringMatching(/^4 objective: There is no objective called nobody/),
    ])
    expect(made.lines[1]?.hangsOn).toEqual([{ on: 2, name: 'o' }])
  })
})
