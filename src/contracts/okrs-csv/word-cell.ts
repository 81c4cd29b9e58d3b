import type { Ambition, ObjectiveLevel } from '../../domain/goals.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { RowType } from '../../domain/okr-import/import-row.ts'
import { AMBITION_ALIASES, LEVEL_ALIASES, MEASURE_ALIASES, TYPE_ALIASES } from './word-aliases.ts'
import { comparable } from './map-columns.ts'

/** Reads one of a few words, in our spelling or another's; null when it is none of them. */
type ReadWord<Word extends string> = (cell: string) => Word | null

function wordsOf<Word extends string>(aliases: Readonly<Record<Word, readonly string[]>>): ReadWord<Word> {
  const words = new Map<string, Word>()
  for (const word of Object.keys(aliases) as Word[]) {
    words.set(comparable(word), word)
    for (const alias of aliases[word]) words.set(comparable(alias), word)
  }
  return (cell) => words.get(comparable(cell)) ?? null
}

export const readType: ReadWord<RowType> = wordsOf(TYPE_ALIASES)
export const readLevel: ReadWord<ObjectiveLevel> = wordsOf(LEVEL_ALIASES)
export const readAmbition: ReadWord<Ambition> = wordsOf(AMBITION_ALIASES)
export const readMeasureKind: ReadWord<Measure['kind']> = wordsOf(MEASURE_ALIASES)
export const readHealthRollUp = wordsOf({ worst: [], median: [] })
export const readPeriod = wordsOf({
  day: ['daily', '天'],
  week: ['weekly', '周', '每周'],
  month: ['monthly', '月', '每月'],
  quarter: ['quarterly', '季度'],
})
export const readValueOfPeriod = wordsOf({ latest: [], mean: [], sum: [], lowest: [], highest: [] })
