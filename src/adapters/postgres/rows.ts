/** The only row of a query that always has one. */
export function firstRow<T>(rows: readonly T[]): T {
  const row = rows[0]
  if (row === undefined) throw new Error('a query that always answers with a row gave none')
  return row
}
