import type { IssueId } from '../../domain/ids.ts'

/** One request to Jira, before it becomes HTTP. */
export interface JiraRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** The documented path with its placeholders: names the request in errors and in Jira's burst limit. */
  readonly endpoint: string
  /** Values of the placeholders. */
  readonly at?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | boolean | null>>
  readonly body?: unknown
  /** A read may be sent again after a failure, also when it is a POST. A write may not: it could happen twice. */
  readonly access: 'read' | 'write'
  /** The issue a write changes: Jira limits writes per issue. */
  readonly issueId?: IssueId
  /** A secret the body holds. No error repeats it, should Jira repeat it. */
  readonly secret?: string
}

/** `POST /rest/api/3/search/jql` */
export function nameOf(request: JiraRequest): string {
  return `${request.method} ${request.endpoint}`
}

/** The path and query to send. */
export function targetOf(request: JiraRequest): string {
  const path = request.endpoint.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = request.at?.[name]
    if (value === undefined) throw new TypeError(`${nameOf(request)} needs a value for {${name}}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== null) query.set(name, String(value))
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`
}
