import type { JsonObject } from './openapi-schema.ts'

/** A path Atlassian documents in prose only, with a schema written from that prose. */
export interface UndocumentedPath {
  readonly path: string
  readonly reason: string
  readonly request: JsonObject
  readonly response: JsonObject
}

const WEBHOOK_ADDRESS: JsonObject = {
  name: { type: 'string', minLength: 1 },
  url: { type: 'string', format: 'uri' },
  events: { type: 'array', items: { type: 'string', pattern: '^(jira:)?[a-z_]+$' }, minItems: 1 },
  excludeBody: { type: 'boolean' },
  description: { type: 'string' },
}

/** Everything Throughline calls that no OpenAPI document describes. A test holds this list to one path. */
export const UNDOCUMENTED_PATHS: readonly UndocumentedPath[] = [
  {
    path: '/rest/webhooks/1.0/webhook',
    reason: 'the signed admin webhook is described on the webhooks page only, in words and one example',
    request: {
      type: 'object',
      required: ['name', 'url', 'events'],
      additionalProperties: false,
      properties: {
        ...WEBHOOK_ADDRESS,
        secret: { type: 'string', minLength: 1 },
        filters: {
          type: 'object',
          additionalProperties: false,
          properties: { 'issue-related-events-section': { type: 'string' } },
        },
        enabled: { type: 'boolean' },
      },
    },
    response: {
      type: 'object',
      required: ['name', 'url', 'events', 'self'],
      properties: {
        ...WEBHOOK_ADDRESS,
        self: { type: 'string', pattern: '/rest/webhooks/1\\.0/webhook/\\d+$' },
        enabled: { type: 'boolean' },
        isSigned: { type: 'boolean' },
        filters: { type: 'object' },
        secret: false,
      },
    },
  },
]

/**
 * Where real answers of the shared data (or the document's own example) contradict the document: the payload is
 * right. `properties` replace or extend those of a named component, or of one operation's answer.
 */
export interface SchemaCorrection {
  readonly where:
    | { readonly component: string }
    | { readonly operation: string; readonly path: string; readonly status: string }
  readonly properties: JsonObject
  readonly reason: string
}

const TEXT_OR_NULL: JsonObject = { type: ['string', 'null'] }

export const SCHEMA_CORRECTIONS: readonly SchemaCorrection[] = [
  {
    where: { component: 'ChangeDetails' },
    properties: {
      from: TEXT_OR_NULL,
      to: TEXT_OR_NULL,
      fromString: TEXT_OR_NULL,
      toString: TEXT_OR_NULL,
      tmpFromAccountId: TEXT_OR_NULL,
      tmpToAccountId: TEXT_OR_NULL,
    },
    reason:
      'a value that was or becomes empty is null, and users carry temporary account ids (devlake issues)',
  },
  {
    where: { component: 'Changelog' },
    properties: { created: { oneOf: [{ type: 'string', format: 'date-time' }, { type: 'integer' }] } },
    reason: 'the example of changelog/bulkfetch gives the time as a number, its schema says text',
  },
  {
    where: { component: 'Project' },
    properties: { entityId: { type: 'string' } },
    reason: 'team-managed projects have an entityId (devlake projects)',
  },
  {
    where: { operation: 'GET', path: '/rest/agile/1.0/board/{boardId}/configuration', status: '200' },
    properties: { location: { type: 'object' } },
    reason: "a board's location is a whole project reference (go-jira board_configuration)",
  },
  {
    where: { operation: 'GET', path: '/rest/agile/1.0/board/{boardId}/sprint', status: '200' },
    properties: {
      maxResults: { type: 'integer' },
      startAt: { type: 'integer' },
      total: { type: 'integer' },
      isLast: { type: 'boolean' },
      values: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'state', 'name'],
          properties: {
            id: { type: 'integer' },
            self: { type: 'string', format: 'uri' },
            state: { enum: ['future', 'active', 'closed'] },
            name: { type: 'string' },
            startDate: { type: 'string', format: 'date-time' },
            endDate: { type: 'string', format: 'date-time' },
            completeDate: { type: 'string', format: 'date-time' },
            createdDate: { type: 'string', format: 'date-time' },
            originBoardId: { type: 'integer' },
            goal: { type: 'string' },
          },
        },
      },
    },
    reason: 'the document leaves the page of sprints open; this is what devlake and go-jira hold',
  },
]

/** Answers any operation can give, whether or not its own list names them: the gateway speaks for all. */
export const GATEWAY_STATUSES: ReadonlySet<number> = new Set([401, 403, 429, 500, 502, 503, 504])
