import { sql, type AnyColumn, type SQL } from 'drizzle-orm'

/**
 * `column = any($1)`: one parameter for any number of values. A list of parameters ends at 65,535, and a key result
 * may have more issues than that.
 */
export function isAnyOf(column: AnyColumn, values: readonly string[]): SQL {
  return sql`${column} = any(${sql.param([...values])}::text[])`
}
