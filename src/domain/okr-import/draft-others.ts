import { parseKeyResultKey, type InitiativeKey, type KeyResultKey, type KpiKey } from '../ids.ts'
import { problemOfBand } from '../measures/band.ts'
import type { DocumentKpi } from '../okrs/okr-document.ts'
import { isTimeZone } from '../time.ts'
import { onlyGiven } from './draft-objectives.ts'
import type { DraftLine, Drafts } from './drafts.ts'
import { goalCalled, keyOfLine, missing, wrong } from './find-goal.ts'
import { bandOf, takesValues } from './row-measure.ts'

/** Drafts the initiative of a line. One that stands under an objective has no place here. */
export function draftInitiative(drafts: Drafts, line: DraftLine): void {
  const { cells } = line.row
  const named = cells.key_result ?? cells.parent ?? cells.objective
  const known = cells.key === undefined ? undefined : drafts.book.goal(cells.key.trim().toUpperCase())
  const cycle = keyOf(drafts.boxes.cycle(cells.cycle, cells.due))
  const holder = named === undefined ? known?.holder : goalCalled(drafts, named, cycle, ['KR', 'O'])?.key
  if (holder === undefined || holder === null) {
    if (named === undefined)
      wrong(line, 'parent', 'The initiative names no key result. Give its key, external id or title.')
    else missing(drafts, line, 'parent', named, 'key result')
    return
  }
  const keyResult = parseKeyResultKey(holder)
  if (keyResult === null) {
    line.skipped = `an initiative belongs to a key result, and ${named ?? holder} is an objective`
    return
  }
  const key = keyOfLine(drafts, line, {
    prefix: 'INI',
    cycle: null,
    within: keyResult,
  }) as InitiativeKey | null
  if (key === null) return
  const before = drafts.storedInitiative(key)?.value
  const title = cells.title ?? before?.title
  if (title === undefined) {
    wrong(line, 'title', `${key} is new and has no title. Give it one.`)
    return
  }
  const value = {
    ...(before ?? { owner: null, issue: null }),
    ...onlyGiven({ owner: cells.owner, issue: cells.anchor_issue }),
    key,
    title,
  }
  drafts.initiatives.set(key, { keyResult, value })
  drafts.book.enter({ key, cycle: null, holder: keyResult, title, externalId: null })
}

function keyOf(found: ReturnType<Drafts['boxes']['cycle']>) {
  return found.kind === 'cycle' ? found.key : null
}

const NEW_KPI = {
  description: '',
  owner: null,
  team: null,
  period: 'month',
  valueOfPeriod: 'latest',
  timeZone: 'UTC',
  source: '',
  checkEveryDays: 31,
  externalId: null,
} as const

/** Drafts the KPI of a line. One without a band is left out: there is nothing it could leave. */
export function draftKpi(drafts: Drafts, line: DraftLine): void {
  const { cells, unitSeen } = line.row
  const hasNoBand = bandOf(cells) === undefined && cells.key === undefined
  if (hasNoBand) {
    line.skipped = 'a KPI has a band to stay in: give at_least, above, at_most or below'
    return
  }
  const key = keyOfLine(drafts, line, { prefix: 'KPI', cycle: null, within: '' }) as KpiKey | null
  if (key === null) return
  const before = drafts.storedKpi(key)
  const title = cells.title ?? before?.title
  const band = bandOf(cells) ?? before?.band
  if (title === undefined || band === undefined) {
    wrong(
      line,
      title === undefined ? 'title' : 'at_least',
      `${key} is new and has no title or no band. Give it both.`,
    )
    return
  }
  const problem = problemOfBand(band)
  if (problem !== null) wrong(line, 'at_least', `The band ${problem}.`)
  if (cells.time_zone !== undefined && !isTimeZone(cells.time_zone)) {
    wrong(
      line,
      'time_zone',
      `${cells.time_zone} is no time zone; expected an IANA name such as Asia/Shanghai.`,
    )
  }
  const draft: DocumentKpi = {
    ...(before ?? NEW_KPI),
    ...onlyGiven({
      description: cells.description,
      owner: cells.owner,
      team: cells.team === undefined ? undefined : drafts.boxes.team(cells.team),
      period: cells.period,
      valueOfPeriod: cells.value_of_period,
      timeZone: cells.time_zone,
      source: cells.source,
      checkEveryDays: cells.check_every_days,
      externalId: cells.external_id,
    }),
    ...{ key, title, band, unit: cells.unit ?? before?.unit ?? unitSeen ?? 'count' },
  }
  drafts.kpis.set(key, draft)
  drafts.book.enter({ key, cycle: null, holder: null, title, externalId: draft.externalId })
}

/** The value, confidence or note a key result's own line reports. */
export function draftReport(drafts: Drafts, line: DraftLine): void {
  const { cells } = line.row
  const key = line.key === null ? null : parseKeyResultKey(line.key)
  const measure = key === null ? undefined : drafts.keyResults.get(key)?.value.measure
  if (key === null || measure === undefined || line.problems.length > 0) return
  const value = takesValues(measure) ? (cells.current ?? valueOfProgress(line, measure)) : null
  if (cells.current !== undefined && !takesValues(measure)) {
    line.notes.push(`it is measured by ${measure.kind}, so its current value is not taken`)
  }
  if (value === null && cells.confidence === undefined && cells.note === undefined) return
  if (measure.kind === 'binary' && value !== null && value !== 0 && value !== 1) {
    wrong(
      line,
      'current',
      `The current value is ${value}; it is done or not done: 1 says done, 0 says not done.`,
    )
  }
  enterCheckIn(drafts, line, key, value)
}

/** Where a metric stands, for tools that only say how far it got; null when they say nothing. */
function valueOfProgress(line: DraftLine, measure: { readonly kind: string }): number | null {
  const { progress } = line.row.cells
  if (progress === undefined || measure.kind !== 'metric') return null
  const { baseline, target } = measure as unknown as { baseline: number; target: number }
  const value = Math.round((baseline + ((target - baseline) * progress) / 100) * 1e6) / 1e6
  if (baseline !== 0 || target !== 100)
    line.notes.push(`its progress of ${progress} % is taken as the value ${value}`)
  return value
}

/** Drafts a line that only reports. */
export function draftCheckIn(drafts: Drafts, line: DraftLine): void {
  const { cells } = line.row
  const named = cells.key_result ?? cells.parent ?? cells.key
  if (named === undefined) {
    wrong(line, 'key_result', 'The check-in names no key result. Give its key, external id or title.')
    return
  }
  const cycle = keyOf(drafts.boxes.cycle(cells.cycle, cells.due))
  const found = goalCalled(drafts, named, cycle, ['KR'])
  if (found === undefined) {
    missing(drafts, line, 'key_result', named, 'key result')
    return
  }
  const key = found.key as KeyResultKey
  line.key = key
  const measure = drafts.keyResults.get(key)?.value.measure ?? drafts.storedKeyResult(key)?.value.measure
  if (cells.current === undefined && cells.confidence === undefined && cells.note === undefined) {
    wrong(line, 'current', 'The check-in says nothing. Give a current value, a confidence or a note.')
  } else if (cells.current !== undefined && measure !== undefined && !takesValues(measure)) {
    wrong(
      line,
      'current',
      `${key} is measured by ${measure.kind}; a value cannot be reported for it. Leave it blank.`,
    )
  } else if (
    measure?.kind === 'binary' &&
    cells.current !== undefined &&
    cells.current !== 0 &&
    cells.current !== 1
  ) {
    wrong(
      line,
      'current',
      `${key} is done or not done: 1 says done, 0 says not done; ${cells.current} says neither.`,
    )
  } else {
    enterCheckIn(drafts, line, key, cells.current ?? null)
  }
}

function enterCheckIn(drafts: Drafts, line: DraftLine, key: KeyResultKey, value: number | null): void {
  const { cells, type } = line.row
  drafts.checkIns.push({
    line: line.row.line,
    keyResult: key,
    cycle: drafts.book.goal(key)?.cycle ?? null,
    at: cells.at ?? null,
    value,
    confidence: cells.confidence ?? null,
    note: cells.note ?? '',
    author: cells.author ?? cells.owner ?? 'import',
    source: type === 'check_in' && cells.source === 'system' ? 'system' : 'person',
  })
}
