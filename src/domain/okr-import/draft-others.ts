import { parseKeyResultKey, type InitiativeKey, type KeyResultKey, type KpiKey } from '../ids.ts'
import { usualCheckEveryDays } from '../kpis/kpi-health.ts'
import { problemOfBand } from '../measures/band.ts'
import type { DocumentKpi } from '../okrs/okr-document.ts'
import { isTimeZone } from '../time.ts'
import { onlyGiven } from './draft-objectives.ts'
import { hangOn, type DraftLine, type Drafts } from './drafts.ts'
import { holderCalled, keyOfLine, missing, requireName, titleOf, wrong, wrongArchived } from './find-goal.ts'
import { fitOf } from './cycle-of-line.ts'
import type { BookedGoal } from './goal-book.ts'
import { bandOf } from './row-measure.ts'

/** Drafts the initiative of a line. One that stands under an objective has no place here. */
export function draftInitiative(drafts: Drafts, line: DraftLine): void {
  const { cells } = line.row
  const keyResult = keyResultOf(drafts, line)
  if (keyResult === null) {
    if (line.skipped === null) requireName(drafts, line, 'INI')
    return
  }
  const key = keyOfLine(drafts, line, {
    prefix: 'INI',
    cycle: null,
    within: keyResult,
  }) as InitiativeKey | null
  if (key === null) return
  const before = drafts.storedInitiative(key)?.value
  const title = titleOf(line, key, before?.title)
  if (title === null) return
  const value = {
    ...(before ?? { owner: null, issue: null }),
    ...onlyGiven({ owner: cells.owner, issue: cells.anchor_issue }),
    key,
    title,
  }
  drafts.initiatives.set(key, { keyResult, value })
  drafts.book.enter({ key, cycle: null, holder: keyResult, title, externalId: null })
}

/** The key result an initiative belongs to: the one its line names, or the one it has. */
function keyResultOf(drafts: Drafts, line: DraftLine): KeyResultKey | null {
  const { key_result, parent, objective, key, cycle, due } = line.row.cells
  const known = key === undefined ? undefined : drafts.book.goal(key.trim().toUpperCase())
  const named = key_result ?? parent ?? objective ?? known?.holder ?? undefined
  if (named === undefined) {
    return wrong(line, 'parent', 'The initiative names no key result. Give its key, external id or title.', [
      ...(['key_result', 'objective', 'key', 'outline'] as const),
    ])
  }
  const column = key_result === undefined ? 'parent' : 'key_result'
  const holder = holderCalled(drafts, line, named, drafts.boxes.knownCycle(cycle, due), ['KR', 'O'])
  if (holder !== undefined) {
    if (isElsewhere(drafts, holder, cycle))
      line.notes.push(`its cycle ${cycle} is left out: an initiative goes with its key result`)
    const keyResult = parseKeyResultKey(holder.key)
    hangOn(drafts, line, { key: holder.key, name: named })
    if (keyResult === null)
      line.skipped = `an initiative belongs to a key result, and ${named} is an objective`
    return keyResult
  }
  const archived = drafts.book.archived(named)
  if (archived === undefined) return missing(drafts, line, column, named, 'key result')
  if (known?.holder !== archived.key) return wrongArchived(line, column, archived.key)
  line.skipped = `it goes with its key result ${archived.key}, which is archived, and stays as it is`
  return null
}

function isElsewhere({ boxes }: Drafts, { cycle }: BookedGoal, name: string | undefined): boolean {
  if (name === undefined) return false
  const said = boxes.meant(name)
  return said.kind === 'problem' || fitOf(boxes, cycle, said) === 'apart'
}

const NEW_KPI = {
  description: '',
  owner: null,
  team: null,
  period: 'month',
  valueOfPeriod: 'latest',
  timeZone: 'UTC',
  source: '',
  externalId: null,
} as const

const BOUNDS = ['at_least', 'above', 'at_most', 'below'] as const

/** Drafts the KPI of a line. One without a band is left out: there is nothing it could leave. */
export function draftKpi(drafts: Drafts, line: DraftLine): void {
  const { cells, unitSeen, unread } = line.row
  const isBandUnread = BOUNDS.some((bound) => unread.includes(bound))
  const hasNoBand = bandOf(cells) === undefined && cells.key === undefined
  if (hasNoBand) {
    if (!isBandUnread) line.skipped = 'a KPI has a band to stay in: give at_least, above, at_most or below'
    return
  }
  const key = keyOfLine(drafts, line, { prefix: 'KPI', cycle: null, within: '' }) as KpiKey | null
  if (key === null) return
  const before = drafts.storedKpi(key)
  const title = titleOf(line, key, before?.title)
  const band = bandOf(cells) ?? before?.band
  if (band === undefined) wrong(line, 'at_least', `${key} is new and has no band. Give it one.`, BOUNDS)
  if (title === null || band === undefined) return
  const problem = problemOfBand(band)
  if (problem !== null) wrong(line, 'at_least', `The band ${problem}.`, BOUNDS)
  if (cells.time_zone !== undefined && !isTimeZone(cells.time_zone)) {
    wrong(
      line,
      'time_zone',
      `${cells.time_zone} is no time zone; expected an IANA name such as Asia/Shanghai.`,
    )
  }
  const usual = usualCheckEveryDays(cells.period ?? NEW_KPI.period)
  const draft: DocumentKpi = {
    ...(before ?? { ...NEW_KPI, checkEveryDays: usual }),
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
