import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { problem } from '../contracts/api/problem.ts'
import { describeFields } from './describe-fields.ts'
import type { HttpSettings } from './http-deps.ts'

const DESCRIPTION = `
Throughline keeps every sprint in line with a key result. This is its API: goals and their progress, why each number
is what it is, and a feed of everything that changes.

- Every request under \`/api\` carries \`Authorization: Bearer <token>\`.
- Instants are ISO 8601 in UTC, days are \`YYYY-MM-DD\`. Progress is given raw, as it is computed, and clamped to 0–1.
- Lists are paged by key: give the \`next\` of one page as \`after\` of the following one, or follow the \`Link\` header.
- GETs carry an \`ETag\`; send it as \`If-None-Match\` and an unchanged answer costs you nothing.
- Errors are problem details (RFC 9457) with a stable \`code\`. A write with an unknown property is refused.
- Every write may say \`by\` and \`reason\`: who makes the change and why. Both go into the audit log, neither into the goal.
- Nothing is ever deleted: what is no longer needed is archived.
`.trim()

const TAGS = [
  { name: 'Cycles', description: 'Time boxes such as a quarter, with their calendar.' },
  { name: 'Objectives', description: 'Qualitative goals of a cycle.' },
  {
    name: 'Key results',
    description: 'Measurable results, their numbers, their past and what they are made of.',
  },
  { name: 'KPIs', description: 'Numbers outside any objective that should stay in their band.' },
  { name: 'Health', description: 'How numbers become a colour, and who is told.' },
  { name: 'Warnings', description: 'What is in danger, and who knows of it.' },
  { name: 'Sprints', description: "Jira's sprints, and what they mean for key results." },
  { name: 'Feed', description: 'Everything that changed, in order, and who changed it.' },
  { name: 'Import and export', description: 'Moving in, and out again.' },
  { name: 'Operations', description: 'For those who run the service.' },
]

/** Collects the description of every route that follows. Register it before them. */
export function describeApi(app: FastifyInstance, { publicUrl, version }: HttpSettings): void {
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Throughline',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl }],
      tags: TAGS,
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'The token of the API (ADMIN_TOKEN).' },
        },
      },
      security: [{ token: [] }],
    },
    convertConstToEnum: false,
    transform: jsonSchemaTransform,
    transformObject: (document) => tidy(jsonSchemaTransformObject(document)),
  })
}

const PROBLEMS = {
  400: 'The input is not valid; `problems` lists every field that is wrong.',
  401: 'The token is missing or wrong.',
  404: 'There is no such thing.',
  409: 'What is stored does not allow it.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  429: 'Too many requests; `Retry-After` says when to go on.',
  500: 'Something failed on our side.',
  503: 'Not available right now; `Retry-After` says when to try again.',
} as const

type ProblemStatus = keyof typeof PROBLEMS

/** The error answers of an operation, by status. */
export function problemAnswers(...statuses: ProblemStatus[]) {
  return Object.fromEntries(statuses.map((status) => [status, problemAnswer(PROBLEMS[status])]))
}

export function problemAnswer(description: string) {
  return { description, content: { 'application/problem+json': { schema: problem } } }
}

/** The error answers of a read, beside those that every operation of the API may give. */
export function readProblems(...statuses: ProblemStatus[]) {
  return problemAnswers(...statuses, 401, 429, 500, 503)
}

/** The error answers of a write: its body may be wrong in more ways. */
export function writeProblems(...statuses: ProblemStatus[]) {
  return readProblems(400, ...statuses, 413, 415)
}

/** The answer to something that leaves nothing to say. */
export const nothing = z.undefined().describe('Done.')

type Document = ReturnType<typeof jsonSchemaTransformObject>
type Schemas = Record<string, { description?: string }>

/** The document as people read it: without what the conversion from zod leaves over. */
function tidy(document: Document): Document {
  const described = withoutNoise(document) as Document & { components: { schemas: Schemas } }
  const { schemas } = described.components
  nameAnswers(described, schemas)
  describeFields(described.paths, schemas)
  admitNoBody(described)
  described.components.schemas = referredTo({ ...described, components: null }, schemas)
  return described
}

/** Without patterns beside `date` and `date-time`, which say the same, and bounds that only mean "an integer". */
function withoutNoise(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutNoise)
  if (typeof node !== 'object' || node === null) return node
  const isDated = 'format' in node && (node.format === 'date' || node.format === 'date-time')
  const isNoise = (key: string, value: unknown) =>
    (isDated && key === 'pattern') || value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !isNoise(key, value))
      .map(([key, value]) => [key, withoutNoise(value)]),
  )
}

/** An answer that is a component is described by what the component is. */
function nameAnswers(node: unknown, schemas: Schemas): void {
  if (typeof node !== 'object' || node === null) return
  if ('description' in node && node.description === 'Default Response' && 'content' in node) {
    const [name] = referredNames(node.content)
    node.description = (name === undefined ? undefined : schemas[name]?.description) ?? 'The answer.'
  }
  for (const value of Object.values(node)) nameAnswers(value, schemas)
}

/** A body that may be empty may be left out. */
function admitNoBody({ paths = {} }: Document): void {
  const operations = Object.values(paths as Record<string, Record<string, { requestBody?: RequestBody }>>)
  for (const { requestBody: body } of operations.flatMap((methods) => Object.values(methods))) {
    const schemas = Object.values(body?.content ?? {}).map(({ schema }) => schema)
    if (body === undefined || !schemas.every(({ type, required }) => type === 'object' && !required)) continue
    body.required = false
  }
}

interface RequestBody {
  required?: boolean
  readonly content: Record<string, { schema: { type?: string; required?: readonly string[] } }>
}

/** The components that are used: each is emitted for requests and for answers. */
function referredTo(root: unknown, schemas: Schemas): Schemas {
  const used = new Set<string>()
  const visit = (node: unknown): void => {
    for (const name of referredNames(node)) {
      if (used.has(name)) continue
      used.add(name)
      visit(schemas[name])
    }
  }
  visit(root)
  return Object.fromEntries([...used].sort().map((name) => [name, schemas[name] ?? {}]))
}

function referredNames(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string'
      ? [value.slice(value.lastIndexOf('/') + 1)]
      : referredNames(value),
  )
}
