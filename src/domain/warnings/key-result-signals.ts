import { expectedProgress, endOf, type TimeBox } from '../calendar/expected-progress.ts'
import { inScope, type ContributionStep } from '../contributions/contribution.ts'
import { scopeGrowth, type ScopeReference } from '../health/scope-growth.ts'
import { conflict, outputWithoutOutcome, uncovered, type EpicClaim } from '../health/signals.ts'
import type { KeyResult } from '../goals.ts'
import type { Sprint } from '../mirror/facts.ts'
import { isMeasuredByWork, sizeUnitOf, type Measure } from '../measures/measure.ts'
import { workTarget } from '../measures/work-target.ts'
import type { Numbers } from '../snapshot.ts'
import { plannedRun, sprintRhythmMs, sprintsLeft } from '../sprints/sprint-pace.ts'
import type { EpochMs } from '../time.ts'
import { floorPercent } from '../writeback/whole-percent.ts'
import { healthSignal, warningNumbers, type Signal, type WarningNumbers, type WorkUnit } from './signal.ts'

/** What can be wrong with a key result follows from this, and from nothing else. */
export interface SignalEvidence {
  readonly keyResult: Pick<KeyResult, 'key' | 'objective' | 'measure'>
  readonly numbers: Numbers
  readonly timeBox: TimeBox
  /** The scope at the ends of the days that `scopeReferenceDays` names. */
  readonly scopeReferences: readonly ScopeReference[]
  /** Running sprints of boards that work on it, the latest sprints there, and its issues in the running ones. */
  readonly coverage: {
    readonly running: readonly Sprint[]
    readonly latest: readonly Sprint[]
    readonly work: readonly ContributionStep[]
  }
  /** Who drives the epics that name it. */
  readonly claims: readonly (EpicClaim & { readonly epicKey: string })[]
}

/** Everything that is wrong with a key result at an instant. Warnings beside its health are at risk, not off track. */
export function keyResultSignals(evidence: SignalEvidence, now: EpochMs): Signal[] {
  const { keyResult, numbers, timeBox, coverage, claims } = evidence
  const told = warningNumbers(numbers, neededWork(evidence, now))
  const beside = (facts: Signal['facts']['detail'] | null): Signal[] =>
    facts === null ? [] : [{ level: 'at_risk', begins: true, facts: { numbers: told, detail: facts } }]

  const health = healthSignal(told)
  const isOver = now >= endOf(timeBox) || numbers.assessment.computed === 'done'
  if (isOver) return [health]
  return [
    health,
    ...beside(inVain(evidence, now)),
    ...beside(grown(evidence)),
    ...beside(isUncovered(numbers, coverage) ? { kind: 'uncovered' } : null),
    ...beside(claimedTwice(keyResult, claims)),
  ]
}

/** What would bring it back: the work left over the sprints left, beside what the running sprints hold of it. */
function neededWork(
  { keyResult, numbers, timeBox, coverage }: SignalEvidence,
  now: EpochMs,
): WarningNumbers['needed'] {
  const { measure } = keyResult
  const { current, delivery } = numbers
  const target = workTarget(measure, delivery)
  if (current === null || target === null) return null
  const remaining = target - delivery.delivered.size
  if (remaining <= 0) return null
  const { running, latest, work } = coverage
  const rhythmMs = sprintRhythmMs(latest)
  const ends = running.map((sprint) => plannedRun(sprint, rhythmMs, now).endAt).filter((at) => at > now)
  const run = { startAt: now, endAt: ends.length === 0 ? now + rhythmMs : Math.min(...ends) }
  const left = sprintsLeft(run, rhythmMs, endOf(timeBox))
  if (left === 0) return null
  const { countedAs } = delivery.unestimated
  const planned = openWork(work).reduce(
    (sum, { size, sharePercent }) => sum + ((size ?? countedAs) * sharePercent) / 100,
    0,
  )
  return {
    perSprint: remaining / left,
    plannedNow: running.length === 0 ? null : planned,
    unit: workUnit(measure),
  }
}

function workUnit(measure: Measure): WorkUnit {
  const unit = sizeUnitOf(measure)
  if (typeof unit !== 'string') return 'size'
  return unit === 'points' ? 'points' : 'issues'
}

function openWork(work: readonly ContributionStep[]): readonly ContributionStep[] {
  return work.filter((step) => inScope(step) && step.state !== 'delivered')
}

function isUncovered({ assessment }: Numbers, { running, work }: SignalEvidence['coverage']): boolean {
  const openIssuesInActiveSprints = openWork(work).length
  const hasActiveSprint = running.length > 0
  return uncovered({ health: assessment.health, openIssuesInActiveSprints, hasActiveSprint }) !== null
}

/** Work is the outcome of what is measured by work; a yes or no is no until it is yes. */
function inVain({ keyResult: { measure }, numbers, timeBox }: SignalEvidence, now: EpochMs) {
  if (isMeasuredByWork(measure) || measure.kind === 'binary') return null
  const { scope, delivered } = numbers.delivery
  const found = outputWithoutOutcome({
    deliveryShare: scope.size > 0 ? delivered.size / scope.size : null,
    outcomeProgress: numbers.rawProgress,
    timeShare: expectedProgress(now, timeBox),
  })
  if (found === null) return null
  return {
    kind: 'output_without_outcome',
    deliveryPercent: floorPercent(found.deliveryShare),
    outcomePercent: floorPercent(found.outcomeProgress),
    timePercent: floorPercent(found.timeShare),
  } as const
}

function grown({ keyResult, numbers, scopeReferences }: SignalEvidence) {
  const { measure } = keyResult
  if (measure.kind !== 'delivery') return null
  const { target } = measure
  const found = scopeGrowth({ target, references: scopeReferences, now: numbers.delivery.scope })
  if (found === null) return null
  return {
    kind: 'scope_growth',
    sizeBefore: found.scope.size,
    sizeNow: found.now.size,
    unit: workUnit(measure),
    sinceDay: found.day,
  } as const
}

function claimedTwice(keyResult: SignalEvidence['keyResult'], claims: SignalEvidence['claims']) {
  const [epic] = conflict(keyResult, claims)?.epics ?? []
  if (epic === undefined) return null
  const { epicKey } = claims.find(({ siteId, epicId }) => siteId === epic.siteId && epicId === epic.epicId)!
  return { kind: 'conflict', issueKey: epicKey, others: epic.others } as const
}
