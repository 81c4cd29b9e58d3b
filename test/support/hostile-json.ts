import fc from 'fast-check'

/** Values as nobody foresaw them, as raw JSON text: JavaScript itself could not write some of them. */
const HOSTILE = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '7.5',
  '1e400',
  '-1e400',
  '9007199254740993',
  '8640000000000001',
  '2147483648',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"__proto__"',
  '"constructor"',
  '"1e400"',
  '"0x10"',
  '"+275760-09-13T00:00:00.000Z"',
  '"2026-10-01T00:00:00"',
  '"Sprint 3"',
  `"${'x'.repeat(100_000)}"`,
  `"${'😀'.repeat(301)}"`,
  `"x${'😀'.repeat(301)}"`,
  '[]',
  '[7]',
  '["7"]',
  '[null]',
  '[[[[[[]]]]]]',
  '{}',
  '{"toString":1,"valueOf":2}',
  '{"toString":null}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"\\u005f_proto__":{"polluted":true}}',
  '{"id":"7","key":"K-1"}',
  '{"hasOwnProperty":1,"length":-1}',
  `${'['.repeat(60)}${']'.repeat(60)}`,
  `${'{"a":'.repeat(90)}1${'}'.repeat(90)}`,
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
] as const

/** A property that comes unasked for, or a second time. */
const HOSTILE_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'id',
  'fields',
  'items',
  'webhookEvent',
  '\u0000',
]

type Path = readonly (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path]
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value)
  return [path, ...entries.flatMap(([key, item]) => pathsOf(item, [...path, key]))]
}

/** What decides something: half of all mutations go there, the others anywhere. */
const TELLING: ReadonlySet<string | number> = new Set([
  ...['webhookEvent', 'timestamp', 'issue', 'id', 'key', 'fields', 'created', 'updated', 'summary', 'labels'],
  ...[
    'status',
    'statusCategory',
    'name',
    'resolution',
    'parent',
    'assignee',
    'accountId',
    'issuetype',
    'project',
  ],
  ...['customfield_10006', 'customfield_10107', 'customfield_10105', 'customfield_10001'],
  ...['changelog', 'items', 'field', 'fieldId', 'from', 'to', 'fromString', 'toString'],
  ...['sprint', 'state', 'startDate', 'completeDate', 'originBoardId', 'goal', 'board', 'comment', 'author'],
])
const isTelling = (path: Path) =>
  path.length > 0 && path.every((step) => typeof step === 'number' || TELLING.has(step))

export interface Mutation {
  readonly kind: 'delete' | 'replace' | 'add'
  readonly pick: number
  readonly isTelling: boolean
  readonly value: string
  readonly key: string
}

export const anyMutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('delete', 'replace', 'replace', 'replace', 'add'),
    pick: fc.nat(),
    isTelling: fc.boolean(),
    value: fc.constantFrom(...HOSTILE),
    key: fc.constantFrom(...HOSTILE_KEYS),
  }),
  { minLength: 1, maxLength: 5 },
)

/** Mutates parsed JSON and writes it, with raw hostile text where the mutations say. */
export function mutatedJson(payload: unknown, mutations: readonly Mutation[]): string {
  const root = { payload: structuredClone(payload) }
  const raw = new Map<string, string>()
  for (const { kind, pick, isTelling: wantsTelling, value, key } of mutations) {
    const paths = pathsOf(root.payload).filter((path) => !wantsTelling || isTelling(path))
    const path: Path = ['payload', ...(paths[pick % Math.max(1, paths.length)] ?? [])]
    const parent = path.slice(0, -1).reduce<object>((at, step) => at[step as never], root)
    const last = path.at(-1)!
    const mark = `@@${raw.size}@@`
    const target: unknown = parent[last as never]
    if (kind === 'delete' && path.length > 1) Reflect.deleteProperty(parent, last)
    else if (kind === 'add' && target !== null && typeof target === 'object') {
      raw.set(mark, value)
      const unasked = { value: mark, enumerable: true, configurable: true, writable: true }
      Object.defineProperty(target, Array.isArray(target) ? target.length : key, unasked)
    } else {
      raw.set(mark, value)
      Reflect.set(parent, last, mark)
    }
  }
  return JSON.stringify(root.payload ?? null).replaceAll(
    /"(@@\d+@@)"/g,
    (_, mark: string) => raw.get(mark) ?? 'null',
  )
}
