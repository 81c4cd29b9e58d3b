import { readFileSync } from 'node:fs'
import { isList, isObject, type Json, type JsonObject } from './openapi-schema.ts'
import { sharedData } from './shared-data.ts'

export interface Operation {
  readonly document: string
  readonly template: string
  readonly method: string
  readonly parameters: readonly Parameter[]
  readonly requestSchema: JsonObject | null
  readonly requestRequired: boolean
  /** By status as text; null for a status documented without a schema. */
  readonly responses: ReadonlyMap<string, JsonObject | null>
}

interface Parameter {
  readonly name: string
  readonly place: string
  readonly required: boolean
  readonly schema: JsonObject
}

export interface OpenApiDocument {
  readonly name: string
  readonly components: JsonObject
  readonly operations: readonly Operation[]
}

/** Reads one of Atlassian's documents of the shared data. */
export function readOpenApi(name: string): OpenApiDocument {
  const json = JSON.parse(readFileSync(sharedData('openapi', `${name}.json`), 'utf8')) as JsonObject
  const operations = entries(json.paths).flatMap(([template, item]) =>
    entries(item)
      .filter(([, operation]) => isObject(operation) && isObject(operation.responses))
      .map(([method, operation]) => readOperation(name, template, method, object(operation), object(item))),
  )
  return { name, components: object(json.components), operations }
}

function readOperation(
  document: string,
  template: string,
  method: string,
  operation: JsonObject,
  item: JsonObject,
): Operation {
  const body = object(operation.requestBody)
  return {
    document,
    template,
    method: method.toUpperCase(),
    parameters: [...list(item.parameters), ...list(operation.parameters)].map(readParameter),
    requestSchema: jsonSchema(body),
    requestRequired: body.required === true,
    responses: new Map(entries(operation.responses).map(([status, answer]) => [status, jsonSchema(answer)])),
  }
}

function readParameter(json: Json): Parameter {
  const { name, in: place, required, schema } = object(json)
  return { name: text(name), place: text(place), required: required === true, schema: object(schema) }
}

function jsonSchema(holder: Json | undefined): JsonObject | null {
  const schema = object(object(object(holder).content)['application/json']).schema
  return isObject(schema) ? schema : null
}

export type OperationMatch =
  | {
      readonly kind: 'found'
      readonly operation: Operation
      readonly pathValues: ReadonlyMap<string, string>
    }
  | { readonly kind: 'method_unknown'; readonly methods: readonly string[] }
  | { readonly kind: 'path_unknown' }

/** The operation of a concrete path. A literal segment wins over a templated one: `/search/jql` over `/{id}/jql`. */
export function findOperation(
  operations: readonly Operation[],
  method: string,
  path: string,
): OperationMatch {
  const onPath = operations
    .map((operation) => ({ operation, pathValues: matchPath(operation.template, path) }))
    .filter((match): match is { operation: Operation; pathValues: Map<string, string> } => {
      return match.pathValues !== null
    })
  if (onPath.length === 0) return { kind: 'path_unknown' }
  const fewestTemplated = Math.min(...onPath.map((match) => match.pathValues.size))
  const closest = onPath.filter((match) => match.pathValues.size === fewestTemplated)
  const found = closest.find((match) => match.operation.method === method.toUpperCase())
  return found === undefined
    ? { kind: 'method_unknown', methods: closest.map((match) => match.operation.method) }
    : { kind: 'found', ...found }
}

function matchPath(template: string, path: string): Map<string, string> | null {
  const expected = template.split('/')
  const seen = path.split('/')
  if (expected.length !== seen.length) return null
  const values = new Map<string, string>()
  for (const [index, segment] of expected.entries()) {
    const actual = seen[index]!
    if (segment.startsWith('{')) {
      if (actual === '') return null
      values.set(segment.slice(1, -1), decodeURIComponent(actual))
    } else if (segment !== actual) return null
  }
  return values
}

/** What is wrong with the path and query of a request, by the operation's declared parameters. */
export function parameterProblems(
  operation: Operation,
  pathValues: ReadonlyMap<string, string>,
  query: URLSearchParams,
): string[] {
  const declared = new Map(operation.parameters.map((parameter) => [parameter.name, parameter]))
  const problems = [...new Set(query.keys())]
    .filter((name) => declared.get(name)?.place !== 'query')
    .map((name) => `query parameter '${name}' is not documented`)
  for (const parameter of operation.parameters) {
    const values =
      parameter.place === 'query'
        ? query.getAll(parameter.name)
        : parameter.place === 'path'
          ? [pathValues.get(parameter.name) ?? '']
          : []
    const label = `${parameter.place} parameter '${parameter.name}'`
    if (parameter.required && parameter.place === 'query' && values.length === 0) {
      problems.push(`${label} is required`)
    }
    if (values.length > 1 && parameter.schema.type !== 'array') problems.push(`${label} is given twice`)
    const schema = parameter.schema.type === 'array' ? object(parameter.schema.items) : parameter.schema
    problems.push(...values.flatMap((value) => textProblems(label, schema, value)))
  }
  return problems
}

/** An object-typed parameter of the agile document (`state`, `type`) is text in fact: any text passes. */
function textProblems(label: string, schema: JsonObject, value: string): string[] {
  if (schema.type === 'integer') {
    if (!/^-?\d+$/.test(value)) return [`${label} must be an integer, not '${value}'`]
    const number = Number(value)
    if (typeof schema.maximum === 'number' && number > schema.maximum) {
      return [`${label} must be at most ${schema.maximum}, not ${value}`]
    }
    if (typeof schema.minimum === 'number' && number < schema.minimum) {
      return [`${label} must be at least ${schema.minimum}, not ${value}`]
    }
  }
  if (schema.type === 'boolean' && value !== 'true' && value !== 'false') {
    return [`${label} must be true or false, not '${value}'`]
  }
  if (isList(schema.enum) && !schema.enum.includes(value)) {
    return [`${label} must be one of ${schema.enum.map(text).join(', ')}, not '${value}'`]
  }
  return []
}

function entries(json: Json | undefined): [string, Json][] {
  return Object.entries(object(json))
}

function object(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {}
}

function list(json: Json | undefined): readonly Json[] {
  return isList(json) ? json : []
}

function text(json: Json | undefined): string {
  return typeof json === 'string' ? json : JSON.stringify(json ?? null)
}
