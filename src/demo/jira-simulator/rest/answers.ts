import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JsonObject } from '../site/jira-history.ts'

/** Jira's own shape of a refusal. */
export function refuse(reply: FastifyReply, status: number, ...errorMessages: string[]): FastifyReply {
  return reply.code(status).send({ errorMessages, errors: {} })
}

export function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, 'http://simulator').searchParams
}

/** The body as an object; empty when there is none or it is something else. */
export function bodyOf(request: FastifyRequest): JsonObject {
  const { body } = request
  return body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as JsonObject) : {}
}

export function pathValue(request: FastifyRequest, name: string): string {
  return (request.params as Readonly<Record<string, string>>)[name] ?? ''
}

/** A whole number from a query or body value, within bounds; the default for anything else. */
export function wholeNumber(value: unknown, fallback: number, bounds: { min: number; max: number }): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number)) return fallback
  return Math.min(bounds.max, Math.max(bounds.min, number))
}

/** Texts of a body value; null when it is not a list of texts. */
export function textList(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null
  const texts = value.map((entry: unknown) => (typeof entry === 'number' ? String(entry) : entry))
  return texts.every((entry) => typeof entry === 'string') ? texts : null
}

/** A page of a list with `startAt`, as the older resources answer. */
export function offsetPage<T>(
  all: readonly T[],
  query: URLSearchParams,
  limits: { readonly usual: number; readonly max: number },
) {
  const startAt = wholeNumber(query.get('startAt'), 0, { min: 0, max: Number.MAX_SAFE_INTEGER })
  const maxResults = wholeNumber(query.get('maxResults'), limits.usual, { min: 1, max: limits.max })
  const values = all.slice(startAt, startAt + maxResults)
  return { maxResults, startAt, total: all.length, isLast: startAt + values.length >= all.length, values }
}

/** Only the named properties: OpenAPI documents leave no room for others. */
export function only(json: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => name in json).map((name) => [name, json[name]]))
}
