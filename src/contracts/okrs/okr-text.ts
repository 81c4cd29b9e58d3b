import { stringify } from 'yaml'
import type {
  DocumentCycle,
  DocumentInitiative,
  DocumentKeyResult,
  DocumentKpi,
  DocumentMeasure,
  DocumentObjective,
  DocumentTeam,
  OkrDocument,
} from '../../domain/okrs/okr-document.ts'
import { usualCheckEveryDays } from '../../domain/kpis/kpi-health.ts'
import { documentParts, okrDocument } from './document-schema.ts'

type Plain = Readonly<Record<string, unknown>>

/** What each kind of goal is when a file says only what it must. */
const BARE_CYCLE = documentParts.cycle.parse({
  key: 'x',
  title: 'x',
  startDay: '2000-01-01',
  endDay: '2000-01-01',
})
const BARE_TEAM = documentParts.team.parse({ key: 'x', title: 'x' })
const BARE_OBJECTIVE = documentParts.objective.parse({ key: 'O-1', cycle: 'x', title: 'x' })
const BARE_KEY_RESULT = documentParts.keyResult.parse({
  key: 'KR-1',
  title: 'x',
  measure: { kind: 'binary' },
})
const BARE_INITIATIVE = documentParts.initiative.parse({ key: 'INI-1', title: 'x' })
const BARE_KPI = documentParts.kpi.parse({ key: 'KPI-1', title: 'x', unit: 'x', band: { atLeast: 0 } })

/**
 * A document as YAML, the same text for the same document: keys first, then properties in a fixed order, each only
 * where it is not its default. A measure is written out whole.
 */
export function okrText(document: OkrDocument): string {
  return stringify(shortDocument(document), { lineWidth: 0, aliasDuplicateObjects: false })
}

/** A document without its defaults, everything in the order of the contract: stored objects have an order of their own. */
export function shortDocument(document: OkrDocument): Plain {
  const { version, cycles, teams, objectives, kpis } = okrDocument.safeParse(document).data ?? document
  return withoutEmpty({
    version,
    cycles: cycles.map(shortCycle),
    teams: teams.map(shortTeam),
    objectives: objectives.map(shortObjective),
    kpis: kpis.map(shortKpi),
  })
}

function shortCycle(cycle: DocumentCycle): Plain {
  return short(cycle, BARE_CYCLE, ['key', 'title', 'startDay', 'endDay'])
}

function shortTeam(team: DocumentTeam): Plain {
  return short(team, BARE_TEAM, ['key', 'title'])
}

function shortObjective({ keyResults, ...own }: DocumentObjective): Plain {
  const said = short(own, BARE_OBJECTIVE, ['key', 'cycle', 'title'])
  return withoutEmpty({ ...said, keyResults: keyResults.map(shortKeyResult) })
}

function shortKeyResult({ initiatives, measure, ...own }: DocumentKeyResult): Plain {
  const said = short({ ...own, measure: shortMeasure(measure) }, BARE_KEY_RESULT, ['key', 'title', 'measure'])
  return withoutEmpty({ ...said, initiatives: initiatives.map(shortInitiative) })
}

function shortInitiative(initiative: DocumentInitiative): Plain {
  return short(initiative, BARE_INITIATIVE, ['key', 'title'])
}

function shortKpi(kpi: DocumentKpi): Plain {
  const usual = { ...BARE_KPI, checkEveryDays: usualCheckEveryDays(kpi.period) }
  return short(kpi, usual, ['key', 'title', 'unit', 'band'])
}

/** Only the issue of a step that has none is left out. */
function shortMeasure(measure: DocumentMeasure): Plain {
  if (measure.kind !== 'milestones') return { ...measure }
  const steps = measure.steps.map(({ issue, ...step }) => (issue === null ? step : { ...step, issue }))
  return { kind: measure.kind, steps }
}

/** What must be said, then what differs from the bare goal, in the order of the contract. */
function short(goal: object, bare: object, required: readonly string[]): Plain {
  const said = goal as Plain
  const usual = bare as Plain
  const further = Object.keys(usual).filter(
    (name) => !required.includes(name) && JSON.stringify(said[name]) !== JSON.stringify(usual[name]),
  )
  return Object.fromEntries(
    [...required, ...further].flatMap((name) => (name in said ? [[name, said[name]]] : [])),
  )
}

function withoutEmpty(plain: Plain): Plain {
  return Object.fromEntries(
    Object.entries(plain).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  )
}
