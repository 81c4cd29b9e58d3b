import DataLoader from 'dataloader'
import { sql, type SQL } from 'drizzle-orm'

/**
 * Answers all that is asked for in one turn of the event loop by one statement: key results that are recomputed side
 * by side in a transaction ask for the same things at the same time.
 *
 * @param read gives an answer for each question, in their order
 */
export function together<Question, Answer>(
  read: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  const loader = new DataLoader<Question, Answer>(read, { cache: false })
  return (question) => loader.load(question)
}

/** Questions as rows to join: each with its place `n`, and the columns that are named. */
export function asked(questions: readonly object[], columns: SQL): SQL {
  const numbered = questions.map((question, n) => ({ n, ...question }))
  return sql`jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as asked(n int, ${columns})`
}

/** The rows of each question, in the order they came. */
export function rowsOfEach<Row extends { readonly n: number }>(
  questions: readonly unknown[],
  rows: readonly Row[],
): readonly (readonly Row[])[] {
  const byPlace = Map.groupBy(rows, ({ n }) => n)
  return questions.map((_, n) => byPlace.get(n) ?? [])
}

/** The one row of each question; null where there is none. */
export function rowOfEach<Row extends { readonly n: number }>(
  questions: readonly unknown[],
  rows: readonly Row[],
): readonly (Row | null)[] {
  return rowsOfEach(questions, rows).map(([first]) => first ?? null)
}
