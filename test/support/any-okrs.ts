import fc from 'fast-check'
import type {
  DocumentKeyResult,
  DocumentKpi,
  DocumentMeasure,
  DocumentObjective,
  DocumentTeam,
  OkrDocument,
} from '../../src/domain/okrs/okr-document.ts'
import type { InitiativeKey, KeyResultKey, KpiKey, ObjectiveKey } from '../../src/domain/ids.ts'
import { hasDirection } from '../../src/domain/measures/progress.ts'
import type { Band } from '../../src/domain/measures/band.ts'
import type { Period } from '../../src/domain/measures/period.ts'

/** Documents that hold together: every reference leads to something, nothing leads in a circle. */

const SPICE = [
  '#',
  ': ',
  '- ',
  '"',
  "'",
  '\u2028',
  '\ufeff',
  '\\',
  '{',
  '}',
  '%',
  '@',
  '`',
  '~',
  '提升',
  '🎯',
  ' 1',
  '|',
  '>',
  '&a',
  '*a',
  '!t',
]

const word = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    'null',
    'yes',
    'true',
    '007',
    '1e3',
    '2026-10-01',
    '0x1F',
    '.inf',
    '~',
    '- x',
    '? y',
    '<<',
    '=',
    '10:30',
  ),
  fc.array(fc.constantFrom(...SPICE), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
)

const isLine = (text: string) => text !== '' && text.isWellFormed() && !/\p{Cc}/u.test(text)
const line = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((words) => words.join(' ').trim())
  .filter(isLine)

const lines = fc
  .array(fc.oneof(line, fc.constantFrom('', '  indented', '\ttabbed', 'end ', 'a\r')), { maxLength: 5 })
  .map((parts) => parts.join('\n').trim())

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const amount = fc.oneof(
  fc.integer({ min: -1_000, max: 1_000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((n) => n + 0),
)
const weight = fc.oneof(fc.constant(1), fc.double({ min: 0.001, max: 1_000, noNaN: true }))
const day = fc
  .integer({ min: 0, max: 91 })
  .map((days) => Temporal.PlainDate.from('2026-10-01').add({ days }).toString())

const band: fc.Arbitrary<Band> = fc.oneof(
  amount.map((atLeast) => ({ atLeast })),
  amount.map((below) => ({ below })),
  fc
    .tuple(amount, fc.integer({ min: 1, max: 50 }))
    .map(([atLeast, width]) => ({ atLeast, atMost: atLeast + width })),
)
const period = fc.constantFrom<Period>('day', 'week', 'month', 'quarter')
const valueOfPeriod = fc.constantFrom('latest', 'mean', 'sum', 'lowest', 'highest')

const measure: fc.Arbitrary<DocumentMeasure> = fc.oneof(
  fc
    .record({
      unit: line.map((text) => text.slice(0, 20).trim()).filter(isLine),
      baseline: amount,
      target: amount,
    })
    .filter(({ baseline, target }) => hasDirection(baseline, target))
    .map((own) => ({ kind: 'metric' as const, ...own })),
  fc.constantFrom<DocumentMeasure>(
    { kind: 'binary' },
    { kind: 'delivery', size: 'points', target: { kind: 'scope' } },
    { kind: 'delivery', size: { field: 'customfield_10050' }, target: { kind: 'fixed', amount: 20 } },
    {
      kind: 'delivery',
      size: 'count',
      statusWeights: { toDo: 0, inProgress: 50, delivered: 100 },
      target: { kind: 'scope' },
    },
    { kind: 'field_sum', field: 'customfield_10050', unit: 'videos', baseline: 0, target: 20 },
  ),
  fc
    .record({ band, period, valueOfPeriod, targetShare: fc.double({ min: 0.01, max: 1, noNaN: true }) })
    .map((own) => ({ kind: 'range' as const, unit: '%', ...own })),
  fc.uniqueArray(line, { minLength: 1, maxLength: 5 }).map((titles) => ({
    kind: 'milestones' as const,
    steps: titles.map((title, index) => ({
      title,
      percent: Math.round((100 * (index + 1)) / titles.length),
      issue: null,
    })),
  })),
)

type Drawn<Goal> = fc.Arbitrary<Omit<Goal, 'key'>>

const keyResult: Drawn<DocumentKeyResult> = fc.record({
  title: line,
  description: lines,
  owner: orNull(line),
  ownerAccountId: orNull(fc.constant('5b10a2844c20165700ede21g')),
  measure,
  weight,
  dueDay: orNull(day),
  plan: fc.constantFrom({ kind: 'linear' as const }, { kind: 'none' as const }),
  healthPolicy: fc.constantFrom(null, 'balanced'),
  anchorIssue: fc.constant(null),
  dependsOn: fc.constant([]),
  intendedSharePercent: orNull(fc.double({ min: 0, max: 100, noNaN: true }).map((n) => n + 0)),
  externalId: orNull(line),
  initiatives: fc.constant([]),
})

const team: Drawn<DocumentTeam> = fc.record({
  title: line,
  anchorIssue: fc.constant(null),
  notify: fc.constantFrom('each', 'digest'),
  timeZone: fc.constantFrom('UTC', 'Asia/Shanghai'),
  workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  holidays: fc.uniqueArray(day, { maxLength: 3 }),
  checkIns: orNull(fc.record({ everyWeeks: fc.constantFrom(1, 2), weekday: fc.integer({ min: 1, max: 7 }) })),
  endOfDay: fc.constantFrom('17:00', '09:30'),
})

const objective: Drawn<Omit<DocumentObjective, 'parent' | 'team' | 'keyResults' | 'cycle'>> = fc.record({
  title: line,
  description: lines,
  contributionWeight: orNull(weight),
  healthRollUp: fc.constantFrom('worst', 'median'),
  level: fc.constantFrom('company', 'department', 'team', 'individual'),
  ambition: fc.constantFrom('committed', 'aspirational'),
  owner: orNull(line),
  healthPolicy: fc.constantFrom(null, 'balanced'),
  externalId: orNull(line),
})

const kpi: Drawn<Omit<DocumentKpi, 'team'>> = fc.record({
  title: line,
  description: lines,
  owner: orNull(line),
  unit: fc.constantFrom('%', 'ms'),
  band,
  period,
  valueOfPeriod,
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
  source: lines.map((text) => text.slice(0, 150).trim()),
  checkEveryDays: fc.oneof(fc.constantFrom(1, 7, 31, 92), fc.integer({ min: 1, max: 400 })),
  externalId: orNull(line),
})

const CYCLE_KEY = '2026-Q4' as OkrDocument['cycles'][number]['key']

const cycle = fc.record({
  title: line,
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
  workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  holidays: fc.uniqueArray(day, { maxLength: 3 }),
})

/** How the drawn goals hang together: numbers that are taken modulo what there is. */
const places = fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 })

export const anyOkrs: fc.Arbitrary<OkrDocument> = fc
  .record({
    cycle,
    teams: fc.array(team, { maxLength: 2 }),
    objectives: fc.array(objective, { maxLength: 5 }),
    keyResults: fc.array(keyResult, { maxLength: 10 }),
    initiatives: fc.array(fc.record({ title: line, owner: orNull(line) }), { maxLength: 4 }),
    kpis: fc.array(kpi, { maxLength: 3 }),
    numbers: fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { minLength: 40, maxLength: 40 }),
    places,
  })
  .map(assembled)

interface DrawnOkrs {
  readonly cycle: Omit<OkrDocument['cycles'][number], 'key' | 'startDay' | 'endDay'>
  readonly teams: readonly Omit<DocumentTeam, 'key'>[]
  readonly objectives: readonly Omit<DocumentObjective, 'key' | 'parent' | 'team' | 'keyResults' | 'cycle'>[]
  readonly keyResults: readonly Omit<DocumentKeyResult, 'key'>[]
  readonly initiatives: readonly { readonly title: string; readonly owner: string | null }[]
  readonly kpis: readonly Omit<DocumentKpi, 'key' | 'team'>[]
  readonly numbers: readonly number[]
  readonly places: readonly number[]
}

function assembled(drawn: DrawnOkrs): OkrDocument {
  const { numbers, places: at } = drawn
  const ascending = numbers.toSorted((a, b) => a - b)
  const objectiveKey = (index: number) => `O-${ascending[index]!}` as ObjectiveKey
  const keyResultKey = (index: number) => `KR-${ascending[index]!}` as KeyResultKey
  const initiativeKey = (index: number) => `INI-${ascending[index]!}` as InitiativeKey
  const kpiKey = (index: number) => `KPI-${ascending[index]!}` as KpiKey
  const teams = drawn.teams.map((own, index) => ({ ...own, key: `team-${index}` as DocumentTeam['key'] }))
  const teamOf = (place: number) => teams[place % (teams.length + 1)]?.key ?? null
  const keyResults = drawn.keyResults.map((own, index) => ({
    ...own,
    key: keyResultKey(index),
    // Only what comes before it: no circle can close.
    dependsOn: index > 0 && at[index]! % 3 === 0 ? [keyResultKey(at[index + 10]! % index)] : [],
    initiatives: drawn.initiatives.flatMap((initiative, nth) =>
      at[nth + 20]! % drawn.keyResults.length === index
        ? [{ ...initiative, key: initiativeKey(nth), issue: null }]
        : [],
    ),
  }))
  const objectives = drawn.objectives.map((own, index) => ({
    ...own,
    key: objectiveKey(index),
    cycle: CYCLE_KEY,
    parent: index > 0 && at[index + 30]! % 2 === 0 ? objectiveKey(at[index]! % index) : null,
    team: teamOf(at[index + 5]!),
    keyResults: keyResults.filter((_, nth) => at[nth]! % drawn.objectives.length === index),
  }))
  return {
    version: 1,
    cycles: [{ ...drawn.cycle, key: CYCLE_KEY, startDay: '2026-10-01', endDay: '2026-12-31' }],
    teams,
    // What needs something that hangs nowhere would refer to nothing.
    objectives: drawn.objectives.length === 0 ? [] : objectives,
    kpis: drawn.kpis.map((own, index) => ({
      ...own,
      key: kpiKey(index),
      team: teamOf(at[index + 15]!),
    })),
  }
}
