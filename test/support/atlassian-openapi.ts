import { problemsOfAdf } from './adf-schema.ts'
import {
  GATEWAY_STATUSES,
  SCHEMA_CORRECTIONS,
  UNDOCUMENTED_PATHS,
  type UndocumentedPath,
} from './openapi-exceptions.ts'
import {
  findOperation,
  parameterProblems,
  readOpenApi,
  type OpenApiDocument,
  type Operation,
  type OperationMatch,
} from './openapi-operations.ts'
import {
  createSchemaJudge,
  isObject,
  type Direction,
  type JsonObject,
  type SchemaJudge,
} from './openapi-schema.ts'

export interface JudgedRequest {
  readonly method: string
  /** Path and query as sent, without the host: `/rest/api/3/field?x=1`. */
  readonly url: string
  readonly body?: unknown
}

export interface JudgedResponse {
  readonly method: string
  /** Path and query of the request that is answered. */
  readonly url: string
  readonly status: number
  readonly body: unknown
}

/**
 * What Atlassian's own OpenAPI documents find wrong with a request; [] when it is valid.
 *
 * Data Center's `/rest/api/2` is judged by its `/rest/api/3` twin, except that a comment's body is text there and an
 * ADF document on Cloud (the OpenAPI documents leave it open; Atlassian's ADF schema does not).
 */
export function problemsOfRequest(request: JudgedRequest): string[] {
  const { path, query, version } = address(request.url)
  const label = `${request.method} ${path}`
  const undocumented = undocumentedPath(path)
  if (undocumented !== null) {
    const problems = request.method === 'GET' ? [] : judge('request', undocumented.request, request.body)
    return problems.map((problem) => `${label}: ${problem}`)
  }
  const match = findOperation(atlassian().operations, request.method, path)
  if (match.kind !== 'found') return [`${label}: ${unknownOperation(match)}`]
  return [
    ...parameterProblems(match.operation, match.pathValues, query),
    ...requestBodyProblems(match.operation, request.body),
    ...commentBodyProblems(match.operation, version, request.body),
  ].map((problem) => `${label}: ${problem}`)
}

/** What Atlassian's own OpenAPI documents find wrong with an answer; [] when it is valid. */
export function problemsOfResponse(response: JudgedResponse): string[] {
  const { path } = address(response.url)
  const label = `${response.status} to ${response.method} ${path}`
  const undocumented = undocumentedPath(path)
  if (undocumented !== null)
    return undocumentedAnswer(response, undocumented.response).map((p) => `${label}: ${p}`)
  const match = findOperation(atlassian().operations, response.method, path)
  if (match.kind !== 'found') return [`${label}: ${unknownOperation(match)}`]
  const schema = match.operation.responses.get(String(response.status))
  if (schema === undefined) {
    return GATEWAY_STATUSES.has(response.status)
      ? []
      : [`${label}: the status is not one of ${[...match.operation.responses.keys()].join(', ')}`]
  }
  if (schema === null) return []
  return judge('response', schema, response.body, match.operation.document).map((p) => `${label}: ${p}`)
}

function requestBodyProblems(operation: Operation, body: unknown): string[] {
  if (operation.requestSchema === null) return body === undefined ? [] : ['no body is documented']
  if (body === undefined) return operation.requestRequired ? ['a body is required'] : []
  return judge('request', operation.requestSchema, body, operation.document)
}

function commentBodyProblems(operation: Operation, version: 2 | 3, body: unknown): string[] {
  const writesComment =
    operation.method !== 'GET' && /\/issue\/\{issueIdOrKey\}\/comment(\/\{id\})?$/.test(operation.template)
  if (!writesComment || operation.method === 'DELETE') return []
  const text = isObject(body as JsonObject) ? (body as JsonObject).body : undefined
  if (version === 2) return typeof text === 'string' ? [] : ['body/body must be text on Data Center']
  return problemsOfAdf(text)
}

function undocumentedAnswer(response: JudgedResponse, schema: JsonObject): string[] {
  if (response.status >= 300) return []
  // PUT and DELETE may answer with nothing at all.
  if (response.method !== 'GET' && response.method !== 'POST' && !response.body) return []
  const lists = response.method === 'GET' && Array.isArray(response.body)
  return judge('response', lists ? { type: 'array', items: schema } : schema, response.body)
}

function undocumentedPath(path: string): UndocumentedPath | null {
  const isAt = (base: string) =>
    path === base || (path.startsWith(base) && /^\/\d+$/.test(path.slice(base.length)))
  return UNDOCUMENTED_PATHS.find((known) => isAt(known.path)) ?? null
}

function unknownOperation(match: Exclude<OperationMatch, { kind: 'found' }>): string {
  return match.kind === 'path_unknown'
    ? 'the path is not documented by Atlassian'
    : `only ${match.methods.join(', ')} is documented for the path`
}

function address(url: string): { path: string; query: URLSearchParams; version: 2 | 3 } {
  const { pathname, searchParams } = new URL(url, 'https://jira.example')
  const isTwo = pathname.startsWith('/rest/api/2/')
  return {
    path: isTwo ? pathname.replace('/rest/api/2/', '/rest/api/3/') : pathname,
    query: searchParams,
    version: isTwo ? 2 : 3,
  }
}

interface Atlassian {
  readonly documents: readonly OpenApiDocument[]
  readonly operations: readonly Operation[]
  readonly judges: Map<string, SchemaJudge>
}

let loaded: Atlassian | undefined

function atlassian(): Atlassian {
  if (loaded === undefined) {
    const documents = ['jira-platform-v3', 'jira-software'].map(readOpenApi).map(corrected)
    loaded = { documents, operations: documents.flatMap((d) => d.operations), judges: new Map() }
  }
  return loaded
}

function judge(direction: Direction, schema: JsonObject, value: unknown, document = ''): string[] {
  const { documents, judges } = atlassian()
  const key = `${direction}:${document}`
  let found = judges.get(key)
  if (found === undefined) {
    const components = documents.find((candidate) => candidate.name === document)?.components ?? {}
    found = createSchemaJudge(key, components, direction)
    judges.set(key, found)
  }
  return found.problemsOf(schema, value)
}

function corrected(document: OpenApiDocument): OpenApiDocument {
  const schemas = { ...(document.components.schemas as Record<string, JsonObject>) }
  for (const { where, properties } of SCHEMA_CORRECTIONS) {
    if ('component' in where && schemas[where.component] !== undefined) {
      schemas[where.component] = withProperties(schemas[where.component]!, properties)
    }
  }
  const operations = document.operations.map(correctedAnswers)
  return { ...document, components: { ...document.components, schemas }, operations }
}

function correctedAnswers(operation: Operation): Operation {
  const responses = new Map(operation.responses)
  for (const { where, properties } of SCHEMA_CORRECTIONS) {
    if (!('path' in where) || where.path !== operation.template || where.operation !== operation.method)
      continue
    const schema = responses.get(where.status) ?? { type: 'object' }
    responses.set(where.status, withProperties(schema, properties))
  }
  return { ...operation, responses }
}

function withProperties(schema: JsonObject, properties: JsonObject): JsonObject {
  return { ...schema, properties: { ...(schema.properties as JsonObject | undefined), ...properties } }
}
