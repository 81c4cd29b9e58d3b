import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import ajvFormats from 'ajv-formats'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = Readonly<Record<string, Json>>

/** What a schema is judged for: properties Atlassian marks read-only may be received, never sent. */
export type Direction = 'request' | 'response'

/** A schema of an OpenAPI 3.0 document as JSON Schema that Ajv 8 understands. */
export interface SchemaJudge {
  /** Problems of `value`, each with its place; [] when it is valid. */
  problemsOf(schema: JsonObject, value: unknown): string[]
}

/**
 * Compiles schemas of one OpenAPI 3.0 document for one direction, on first use.
 *
 * @param name distinguishes the document's own `#/components` from those of others
 */
export function createSchemaJudge(name: string, components: JsonObject, direction: Direction): SchemaJudge {
  // Own properties only: a changelog item without `toString` would otherwise be judged by Object.prototype's.
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, ownProperties: true })
  ajvFormats.default(ajv)
  // Jira writes `2020-06-12T08:13:13.360+0800`: no colon in the offset, which RFC 3339 asks for.
  ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/)
  ajv.addFormat('URL', /^https?:\/\//)
  const root = `openapi:${name}`
  ajv.addSchema({ $id: root, components: convert(components, root, direction) })
  const compiled = new Map<JsonObject, ValidateFunction>()

  return {
    problemsOf(schema, value) {
      let validate = compiled.get(schema)
      if (validate === undefined) {
        validate = ajv.compile(convert(schema, root, direction) as object)
        compiled.set(schema, validate)
      }
      if (validate(value)) return []
      return (validate.errors ?? []).map(problemText)
    },
  }
}

function problemText(error: ErrorObject): string {
  const place = `body${error.instancePath}`
  if (error.keyword === 'false schema') return `${place} is read-only: it may not be sent`
  if (error.keyword === 'additionalProperties') {
    const { additionalProperty } = error.params as { additionalProperty: string }
    return `${place} has the unknown property '${additionalProperty}'`
  }
  if (error.keyword === 'enum') {
    const { allowedValues } = error.params as { allowedValues: unknown[] }
    return `${place} must be one of ${allowedValues.join(', ')}`
  }
  return `${place} ${error.message ?? 'is not valid'}`
}

/** OpenAPI 3.0 to JSON Schema: `nullable`, read-only properties, and references into the named document. */
function convert(node: Json, root: string, direction: Direction): Json {
  if (isList(node)) return node.map((item) => convert(item, root, direction))
  if (!isObject(node)) return node
  const converted: Record<string, Json> = {}
  for (const [key, value] of Object.entries(node)) {
    if (key === '$ref' && typeof value === 'string') converted[key] = `${root}${value}`
    else if (key === 'properties' && isObject(value)) converted[key] = properties(value, root, direction)
    else converted[key] = convert(value, root, direction)
  }
  return node.nullable === true ? { anyOf: [{ type: 'null' }, converted] } : converted
}

function properties(declared: JsonObject, root: string, direction: Direction): JsonObject {
  return Object.fromEntries(
    Object.entries(declared).map(([name, schema]) => [
      name,
      direction === 'request' && isObject(schema) && schema.readOnly === true
        ? false
        : convert(schema, root, direction),
    ]),
  )
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
