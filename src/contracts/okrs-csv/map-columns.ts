import { COLUMNS, READ_ONLY_COLUMNS } from './columns.ts'
import { COLUMN_ALIASES } from './column-aliases.ts'
import type { ImportColumn } from '../../domain/okr-import/import-row.ts'

/** A column of ours, and where a file has it. */
export interface ColumnPlace {
  readonly column: ImportColumn
  readonly index: number
  /** As the file names it. */
  readonly name: string
}

export interface ColumnMap {
  readonly places: readonly ColumnPlace[]
  /** Columns of the file that nothing is taken from, as it names them. */
  readonly unused: readonly string[]
}

/** `Their column=our column`, from a person. */
export interface ColumnMapping {
  readonly theirs: string
  /** null: leave theirs out. */
  readonly ours: ImportColumn | null
}

/** A name as it is compared: letters and digits alone, in one case and one width. */
export function comparable(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%]/gu, '')
}

const OURS = Object.keys(COLUMNS) as ImportColumn[]

/** Our name, or null when it is none. */
function columnNamed(name: string): ImportColumn | null {
  return OURS.find((column) => comparable(column) === comparable(name)) ?? null
}

/** Reads `Their column=our column`; `Their column=` leaves theirs out. */
export function readMapping(
  text: string,
): { kind: 'mapping'; mapping: ColumnMapping } | { kind: 'wrong'; why: string } {
  const [, theirs = '', name = ''] = /^(.+)=([^=]*)$/su.exec(text) ?? []
  if (theirs.trim() === '') return wrong(`${text} is no mapping; expected "Their column=our column"`)
  if (name.trim() === '') return { kind: 'mapping', mapping: { theirs: theirs.trim(), ours: null } }
  const ours = columnNamed(name)
  if (ours === null) return wrong(`${name.trim()} is no column of ours; expected one of ${OURS.join(', ')}`)
  return { kind: 'mapping', mapping: { theirs: theirs.trim(), ours } }
}

function wrong(why: string): { kind: 'wrong'; why: string } {
  return { kind: 'wrong', why }
}

/**
 * Where a header has our columns: by a mapping, by our own names, by what other tools call them, in this order. A
 * mapping that names a column the file does not have is a problem, told as text.
 */
export function mapColumns(
  header: readonly string[],
  mappings: readonly ColumnMapping[],
): { kind: 'mapped'; map: ColumnMap } | { kind: 'unmappable'; why: string } {
  const names = header.map((name) => comparable(name))
  const places = new Map<ImportColumn, number>()
  const taken = new Set<number>()
  for (const { theirs, ours } of mappings) {
    const index = names.indexOf(comparable(theirs))
    if (index === -1) return { kind: 'unmappable', why: `has no column ${theirs} to map` }
    taken.add(index)
    if (ours !== null) places.set(ours, index)
  }
  const claim = (column: ImportColumn, name: string) => {
    const index = names.findIndex((other, at) => other === comparable(name) && !taken.has(at))
    if (index === -1 || places.has(column)) return
    places.set(column, index)
    taken.add(index)
  }
  for (const column of OURS) claim(column, column)
  for (const column of OURS) for (const alias of COLUMN_ALIASES[column] ?? []) claim(column, alias)
  titleFromObjective(places)
  const used = new Set(places.values())
  const twice = [...used].find((index) =>
    names.some((name, at) => at !== index && name === names[index] && !taken.has(at)),
  )
  if (twice !== undefined) {
    const name = header[twice]!.trim()
    return {
      kind: 'unmappable',
      why: `has two columns called ${name}, and nothing tells which is meant: rename one of them`,
    }
  }
  return {
    kind: 'mapped',
    map: {
      places: [...places]
        .sort(([, a], [, b]) => a - b)
        .map(([column, index]) => ({ column, index, name: header[index]!.trim() })),
      unused: header
        .filter((name, index) => !used.has(index) && name.trim() !== '')
        .filter((name) => !READ_ONLY_COLUMNS.has(name.trim()))
        .map((name) => name.trim()),
    },
  }
}

/**
 * In a sheet without a column for titles or key results, what is called “objective” (目标) is the title of a line. One
 * with our keys needs no titles: there it says what a key result belongs to.
 */
function titleFromObjective(places: Map<ImportColumn, number>): void {
  const index = places.get('objective')
  const isNamedOtherwise = (['title', 'key_result', 'key'] as const).some((column) => places.has(column))
  if (index === undefined || isNamedOtherwise) return
  places.delete('objective')
  places.set('title', index)
}
