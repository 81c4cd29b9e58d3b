import type { FastifyInstance } from 'fastify'
import type { ChangelogEntry, ChangelogItem, JsonObject } from '../site/jira-history.ts'
import { issueInstant } from '../site/jira-time.ts'
import type { RunningSite } from '../site/running-site.ts'
import { bodyOf, only, refuse, textList, wholeNumber } from './answers.ts'

const AUTHOR_FIELDS = [
  'self',
  'accountId',
  'emailAddress',
  'avatarUrls',
  'displayName',
  'active',
  'timeZone',
  'accountType',
  'key',
  'name',
]

interface FoundEntry {
  readonly issueId: string
  readonly entry: ChangelogEntry
}

/** The changelogs of many issues at once, by date and issue id, oldest first. `maxResults` counts entries. */
export function changelogRoutes(app: FastifyInstance, site: RunningSite): void {
  app.post('/rest/api/3/changelog/bulkfetch', (request, reply) => {
    const body = bodyOf(request)
    const names = textList(body.issueIdsOrKeys)
    const fieldIds = body.fieldIds === undefined ? [] : textList(body.fieldIds)
    if (names === null || names.length === 0 || names.length > 1_000) {
      return refuse(reply, 400, 'Between 1 and 1000 issue ids or keys must be given.')
    }
    if (fieldIds === null || fieldIds.length > 10)
      return refuse(reply, 400, 'At most 10 field ids can be given.')
    const maxResults = wholeNumber(body.maxResults, 1_000, { min: 1, max: 10_000 })
    const start = body.nextPageToken === undefined ? 0 : readToken(body.nextPageToken)
    if (start === null) return refuse(reply, 400, 'The provided next page token is invalid.')

    const found = entriesOf(site, names, fieldIds)
    const page = found.slice(start, start + maxResults)
    const next = start + page.length
    return reply.send({
      issueChangeLogs: groupedByIssue(site, page),
      ...(next < found.length ? { nextPageToken: token(next) } : {}),
    })
  })
}

function entriesOf(site: RunningSite, names: readonly string[], fieldIds: readonly string[]): FoundEntry[] {
  const issues = new Map(
    names.flatMap((name) => {
      const issue = site.shelf.get(name)
      return issue === undefined ? [] : [[issue.id, issue]]
    }),
  )
  const isAsked = (item: ChangelogItem) =>
    fieldIds.length === 0 || fieldIds.includes(item.fieldId ?? item.field)
  return [...issues.values()]
    .flatMap(({ id, histories }) =>
      histories.map((entry) => ({ issueId: id, entry: { ...entry, items: entry.items.filter(isAsked) } })),
    )
    .filter(({ entry }) => entry.items.length > 0)
    .sort(
      (a, b) =>
        a.entry.at - b.entry.at ||
        Number(a.issueId) - Number(b.issueId) ||
        Number(a.entry.id) - Number(b.entry.id),
    )
}

function groupedByIssue(site: RunningSite, found: readonly FoundEntry[]): JsonObject[] {
  const groups = new Map<string, JsonObject[]>()
  for (const { issueId, entry } of found) {
    const group = groups.get(issueId) ?? []
    groups.set(issueId, group)
    group.push({
      id: entry.id,
      author: only(entry.author, AUTHOR_FIELDS),
      created: issueInstant(entry.at, site.history.site.account.timeZone),
      items: entry.items,
      ...(entry.historyMetadata === undefined ? {} : { historyMetadata: entry.historyMetadata }),
    })
  }
  return [...groups].map(([issueId, changeHistories]) => ({ issueId, changeHistories }))
}

function token(position: number): string {
  return Buffer.from(`changelog:${position}`).toString('base64url')
}

function readToken(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const position = /^changelog:(\d+)$/.exec(Buffer.from(value, 'base64url').toString())?.[1]
  return position === undefined ? null : Number(position)
}
