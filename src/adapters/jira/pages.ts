import type { z } from 'zod'
import { jiraPage } from '../../contracts/jira/rest.ts'
import type { JiraClient } from './client.ts'
import type { JiraRequest } from './request.ts'

/**
 * The pages of a resource counted by `startAt`, one after another. Steps by what came, not by what was asked for:
 * Jira gives fewer when it likes.
 *
 * @param noneOn a status with which Jira says that there is nothing of the kind; only the first page may say so
 */
export async function* offsetPages<T>(
  client: JiraClient,
  request: JiraRequest,
  item: z.ZodType<T>,
  noneOn: readonly number[] = [],
): AsyncGenerator<readonly T[]> {
  for (let startAt = 0; ;) {
    const paged = { ...request, query: { ...request.query, startAt } }
    const answer = await client.exchange(paged, startAt === 0 ? noneOn : [])
    if (noneOn.includes(answer.status)) return
    const page = client.read(paged, answer, jiraPage(item))
    if (page.values.length > 0) yield page.values
    startAt += page.values.length
    const isLast = page.isLast ?? (page.total !== null && startAt >= page.total)
    if (isLast || page.values.length === 0) return
  }
}

/** All pages in one list: for catalogues, which are small. */
export async function allOf<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const page of pages) all.push(...page)
  return all
}
