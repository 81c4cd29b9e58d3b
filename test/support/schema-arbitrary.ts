import fc from 'fast-check'

/** As much of JSON Schema as the API's requests are described with. */
export interface RequestSchema {
  readonly type?: string | string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly examples?: readonly unknown[]
  readonly items?: RequestSchema
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, RequestSchema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly RequestSchema[]
  readonly oneOf?: readonly RequestSchema[]
}

/** What people, broken clients and attackers send instead. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\u202Ereversed',
    '__proto__',
    'constructor',
    "'; drop table cycles; --",
    '${jndi:ldap://x}',
    '9'.repeat(400),
    '0000-01-01',
    '9999-12-31',
    '2026-02-29',
    '2026-11-21T10:00:00+99:99',
    'KR-999999999',
    'KR-0',
    'O-999999999',
    -1,
    0,
    -0,
    1e15,
    -1e15,
    1e308,
    5e-324,
    2 ** 31,
    2 ** 53,
    0.1,
    true,
    null,
    [],
    {},
    [[[]]],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
)

/** A value that mostly follows a schema and now and then, anywhere in it, does not. */
export function almost(schema: RequestSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: following(schema) }, { weight: 1, arbitrary: hostile })
}

function following(schema: RequestSchema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(almost))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => almost({ ...schema, type })))
  switch (schema.type) {
    case 'object':
      return objects(schema)
    case 'array':
      return fc.array(almost(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 4, 4) })
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? -100, -100),
        max: Math.min(schema.maximum ?? 100, 100),
      })
    case 'number':
      return fc.double({
        min: schema.minimum ?? schema.exclusiveMinimum ?? -1e15,
        max: schema.maximum ?? 1e15,
        noNaN: true,
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return texts(schema)
  }
}

function objects({ properties = {}, required = [] }: RequestSchema): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, almost(schema)]))
  const unknown = fc.dictionary(fc.constantFrom('x', '__proto__', 'toString', 'id'), hostile, { maxKeys: 1 })
  return fc
    .tuple(
      fc.record(known, { requiredKeys: [...required] }),
      fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: unknown }),
    )
    .map(([given, extra]) => ({ ...given, ...extra }))
}

function texts({
  format,
  examples = [],
  minLength = 0,
  maxLength = 60,
}: RequestSchema): fc.Arbitrary<unknown> {
  const example = examples.length > 0 ? [fc.constantFrom(...examples)] : []
  if (format === 'date') {
    return fc.oneof(
      fc
        .integer({ min: 0, max: 120 })
        .map((n) => Temporal.PlainDate.from('2026-09-15').add({ days: n }).toString()),
      ...example,
    )
  }
  if (format === 'date-time') {
    return fc
      .date({ min: new Date('2026-10-01'), max: new Date('2026-12-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
  }
  return fc.oneof(fc.string({ minLength, maxLength: Math.min(maxLength, 60) }), ...example)
}
