import { createHash } from 'node:crypto'
import type { IssueOutline, JsonObject } from '../site/jira-history.ts'
import { orderInstant } from '../site/issue-shelf.ts'
import type { RunningSite } from '../site/running-site.ts'
import { pageLimit, selectedIssue, type FieldSelection } from './field-selection.ts'
import { readJql, type Comparison, type JqlCondition, type JqlQuery } from './jql.ts'

export interface SearchRequest {
  readonly jql: string
  readonly selection: FieldSelection
  readonly maxResults: number
  readonly nextPageToken: string | null
}

export type SearchAnswer =
  | { readonly kind: 'page'; readonly page: JsonObject }
  | { readonly kind: 'refused'; readonly message: string }

/** Where a page begins: after this instant and id, in the order of the query. Issues that move meanwhile move with it. */
interface Place {
  readonly instant: number
  readonly id: string
  readonly query: string
}

type Predicate = (outline: IssueOutline) => boolean

/** Answers `search/jql`: no total, no offsets, a token that leads to the next page. */
export function searchIssues(site: RunningSite, request: SearchRequest): SearchAnswer {
  const reading = readJql(request.jql, site.history.site.account.timeZone)
  if (reading.kind === 'refused') return reading
  const { query } = reading
  const predicates: Predicate[] = []
  for (const condition of query.conditions) {
    const predicate = predicateOf(site, condition)
    if (typeof predicate === 'string') return { kind: 'refused', message: predicate }
    predicates.push(predicate)
  }
  const fingerprint = createHash('sha256').update(request.jql).digest('base64url').slice(0, 12)
  const place = request.nextPageToken === null ? null : readToken(request.nextPageToken, fingerprint)
  if (place === 'foreign') {
    return { kind: 'refused', message: 'The provided next page token is invalid or expired.' }
  }

  const slots = site.shelf.slotsBy(query.order.by)
  const limit = Math.min(request.maxResults, pageLimit(request.selection))
  const found: number[] = []
  const step = query.order.descending ? -1 : 1
  let index = firstIndex(site, slots, query, place)
  for (; index >= 0 && index < slots.length; index += step) {
    const slot = slots[index]!
    const outline = site.shelf.outline(slot)
    if (!predicates.every((holds) => holds(outline))) continue
    if (found.length === limit) break
    found.push(slot)
  }
  const isLast = index < 0 || index >= slots.length
  const issues = found.map((slot) => selectedIssue(site, site.shelf.at(slot), request.selection))
  if (isLast) return { kind: 'page', page: { issues, isLast } }
  const last = site.shelf.outline(found.at(-1)!)
  const nextPageToken = token({
    instant: orderInstant(last, query.order.by),
    id: last.id,
    query: fingerprint,
  })
  return { kind: 'page', page: { issues, nextPageToken, isLast } }
}

/** The first index after a place by binary search; without a place the query's own beginning. */
function firstIndex(site: RunningSite, slots: Uint32Array, query: JqlQuery, place: Place | null): number {
  const { by, descending } = query.order
  if (place === null) return descending ? slots.length - 1 : 0
  const isAfter = (slot: number): boolean => {
    const outline = site.shelf.outline(slot)
    const distance = orderInstant(outline, by) - place.instant || Number(outline.id) - Number(place.id)
    return descending ? distance >= 0 : distance > 0
  }
  let low = 0
  let high = slots.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isAfter(slots[middle]!)) high = middle
    else low = middle + 1
  }
  return descending ? low - 1 : low
}

/** A condition as a predicate; text when it names something the site does not have. */
function predicateOf(site: RunningSite, condition: JqlCondition): Predicate | string {
  switch (condition.kind) {
    case 'project': {
      const ids = new Set<string>()
      for (const value of condition.values) {
        const project = site.catalogue.findProject(value)
        if (project === undefined) return `The value '${value}' does not exist for the field 'project'.`
        ids.add(project.id)
      }
      return (outline) => ids.has(outline.projectId)
    }
    case 'key':
    case 'id': {
      const ids = new Set<string>()
      for (const value of condition.values) {
        const issue = site.shelf.get(value)
        if (issue === undefined) {
          return condition.kind === 'key'
            ? `An issue with key '${value}' does not exist for field 'key'.`
            : `A value with ID '${value}' does not exist for the field 'id'.`
        }
        ids.add(issue.id)
      }
      return (outline) => ids.has(outline.id)
    }
    case 'created':
      return (outline) => compares(outline.createdAt, condition.comparison, condition.at)
    case 'updated':
      return (outline) => compares(outline.updatedAt, condition.comparison, condition.at)
  }
}

function compares(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case '>=':
      return value >= bound
    case '>':
      return value > bound
    case '<=':
      return value <= bound
    case '<':
      return value < bound
  }
}

function token(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function readToken(text: string, fingerprint: string): Place | 'foreign' {
  try {
    const place = JSON.parse(Buffer.from(text, 'base64url').toString()) as Place
    return place.query === fingerprint ? place : 'foreign'
  } catch {
    return 'foreign'
  }
}
