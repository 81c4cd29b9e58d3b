import { okrText } from '../../src/contracts/okrs/okr-text.ts'
import { readOkrDocument } from '../../src/contracts/okrs/okr-document.ts'

const KEY_RESULTS_EACH = 5
const SUPPORTERS_EACH = 8

const MEASURES = [
  `{ kind: metric, unit: '%', baseline: 45, target: 55 }`,
  '{ kind: delivery, size: points, target: { kind: scope } }',
  `{ kind: range, unit: '%', band: { below: 5 }, period: month }`,
  '{ kind: binary }',
  `{ kind: milestones, steps: [{ title: Pilot, percent: 20 }, { title: Ten customers, percent: 60 }, { title: Everybody, percent: 100 }] }`,
]

/**
 * A file as a company of this size keeps it: every kind of measure, objectives that support others in four or five
 * levels, key results that need others, and an initiative for every fifth. As an export writes it.
 */
export function okrFile(keyResults: number): string {
  const objectives = Array.from({ length: Math.ceil(keyResults / KEY_RESULTS_EACH) }, (_, at) =>
    objectiveText(at + 1),
  )
  const text = `version: 1
cycles: [{ key: 2026-Q4, title: Fourth quarter 2026, startDay: 2026-10-01, endDay: 2026-12-31, timeZone: Europe/Berlin }]
teams: [{ key: search, title: Search, timeZone: Europe/Berlin }]
objectives:
${objectives.join('\n')}
`
  const read = readOkrDocument(text)
  if (read.kind === 'problems')
    throw new Error(`the file cannot be read: ${JSON.stringify(read.problems[0])}`)
  return okrText(read.document)
}

function objectiveText(number: number): string {
  const parent = number === 1 ? '' : `\n    parent: O-${Math.ceil((number - 1) / SUPPORTERS_EACH)}`
  const keyResults = Array.from({ length: KEY_RESULTS_EACH }, (_, at) => keyResultText(number, at))
  return `  - key: O-${number}
    cycle: 2026-Q4
    title: New customers of region ${number} succeed on their first day
    description: What it means, and why it matters to the people of region ${number} this quarter
    owner: Ada Lovelace
    team: search${parent}
    contributionWeight: ${number === 1 ? 'null' : 1}
    keyResults:
${keyResults.join('\n')}`
}

function keyResultText(objective: number, at: number): string {
  const number = (objective - 1) * KEY_RESULTS_EACH + at + 1
  const needs = objective === 1 ? '[]' : `[KR-${number - KEY_RESULTS_EACH}]`
  const initiative =
    at === 0 ? `\n        initiatives: [{ key: INI-${objective}, title: Guided tour ${objective} }]` : ''
  return `      - key: KR-${number}
        title: Raise the measure ${number} from 45 % to 55 % by the end of the quarter
        owner: Grace Hopper
        measure: ${MEASURES[at % MEASURES.length]!}
        weight: ${1 + (at % 3)}
        dueDay: 2026-12-18
        dependsOn: ${needs}${initiative}`
}
