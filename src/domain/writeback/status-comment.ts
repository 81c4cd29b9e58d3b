import { bandText } from '../measures/band.ts'
import { sizeUnitOf } from '../measures/measure.ts'
import type { Health } from '../health/health.ts'
import type { CommentDocument, CommentRun, StatusColor } from './comment-document.ts'
import type { Say } from './messages.ts'
import { changesList } from './movement-words.ts'
import { progressLine } from './progress-line.ts'
import { forecastSentence } from './shown-forecast.ts'
import type { StatusFacts } from './status-facts.ts'
import { warningName } from './warning-name.ts'

export { progressBar } from './progress-line.ts'

const COLORS: Readonly<Record<Health, StatusColor>> = {
  no_data: 'neutral',
  on_track: 'green',
  at_risk: 'yellow',
  off_track: 'red',
  stale: 'neutral',
  done: 'green',
  missed: 'red',
}

/** The status comment: health and title, progress against expected, why, the work, what changed, where it is from. */
export function statusComment(facts: StatusFacts, say: Say): CommentDocument {
  const lozenge: CommentRun = {
    kind: 'status',
    text: say(`health.${facts.health}`),
    color: COLORS[facts.health],
  }
  const title: CommentRun = { kind: 'link', text: `${facts.key} ${facts.title}`.trimEnd(), href: facts.url }
  const lines = [
    byHand(facts, say),
    entered(facts, say),
    reason(facts, say),
    facts.forecast === null ? null : forecastSentence(facts.forecast, facts.dueDay, say),
    goal(facts, say),
    work(facts, say),
    unestimated(facts, say),
    warnings(facts, say),
    confidence(facts, say),
    sprint(facts, say),
    changes(facts, say),
  ].filter((line) => line !== null)
  return {
    blocks: [
      { kind: 'heading', runs: [lozenge, text(' '), title] },
      { kind: 'paragraph', runs: [text(say('objective', { title: facts.objectiveTitle }))] },
      { kind: 'paragraph', runs: progressLine(facts, say) },
      { kind: 'list', items: lines.map((line) => [text(line)]) },
      { kind: 'paragraph', runs: [text(say('provenance'))] },
    ],
  }
}

function text(line: string): CommentRun {
  return { kind: 'text', text: line }
}

/** The sentence behind the health, where no other line says it already. A pace below zero is no pace: the value went the wrong way. */
function reason({ rule, pacePercent, gapPoints }: StatusFacts, say: Say): string | null {
  switch (rule) {
    case 'pace':
      if (pacePercent === null) return null
      return pacePercent < 0
        ? say('reason.behind_start')
        : say('reason.pace', { paceShare: pacePercent / 100 })
    case 'gap':
      return gapPoints === null || gapPoints <= 0 ? null : say('reason.gap', { points: gapPoints })
    case 'forecast':
    case 'confidence':
      return null
    default:
      return say(`reason.${rule}`)
  }
}

function byHand({ overruled }: StatusFacts, say: Say): string | null {
  return overruled === null ? null : say('reason.by_hand', { computed: say(`health.${overruled}`) })
}

function entered({ enteredOver }: StatusFacts, say: Say): string | null {
  if (enteredOver === null) return null
  const { measuredPercent } = enteredOver
  return measuredPercent === null
    ? say('entered.unmeasured')
    : say('entered', { measuredShare: measuredPercent / 100 })
}

/** What the progress is measured by, where the linked work does not already say it. */
function goal({ measure, current, target, counted }: StatusFacts, say: Say): string | null {
  if (current === null || target === null) return null
  switch (measure.kind) {
    case 'delivery': {
      if (measure.target.kind === 'scope') return null
      const { size } = measure
      return say(`goal.${typeof size === 'string' ? size : 'sized'}`, { current, target })
    }
    case 'field_sum':
      return say('goal.size', { current, target, unit: measure.unit }).trimEnd()
    case 'metric':
      return say('goal.metric', { current, baseline: measure.baseline, target, unit: measure.unit }).trimEnd()
    case 'range':
      if (counted === null) return null
      return say('goal.range', {
        ...counted,
        band: bandText(measure.band, say('goal.range.and')),
        unit: measure.unit,
      }).trimEnd()
    case 'milestones':
      return counted === null ? null : say('goal.milestones', { ...counted })
    case 'binary':
      return null
  }
}

function work({ measure, delivered, scope }: StatusFacts, say: Say): string | null {
  if (scope.issues === 0) return null
  const unit = sizeUnitOf(measure)
  if (unit === 'count') return say('work.count', { delivered: delivered.size, scope: scope.size })
  if (unit !== 'points') return say('work.count', { delivered: delivered.issues, scope: scope.issues })
  return say('work.points', {
    delivered: delivered.size,
    scope: scope.size,
    deliveredIssues: delivered.issues,
    scopeIssues: scope.issues,
  })
}

function unestimated({ measure, unestimated: { issues, countedAs } }: StatusFacts, say: Say): string | null {
  if (issues === 0 || measure.kind !== 'delivery' || measure.size !== 'points') return null
  return say('unestimated', { issues, countedAs })
}

function warnings({ warnings: standing }: StatusFacts, say: Say): string | null {
  if (standing.length === 0) return null
  const names = standing.map((warning) => warningName(warning, say))
  return say('warnings', { warnings: names.join(say('changes.separator')) })
}

function confidence({ latestCheckIn }: StatusFacts, say: Say): string | null {
  const value = latestCheckIn?.confidence ?? null
  return value === null ? null : say('confidence', { confidence: value })
}

function sprint({ lastSprint }: StatusFacts, say: Say): string | null {
  if (lastSprint === null) return null
  const { name, completedIssues, carriedOverIssues, gainedPoints } = lastSprint
  const did = { sprint: name, completed: completedIssues, carriedOver: carriedOverIssues }
  return gainedPoints === null
    ? say('sprint.did', did)
    : say('sprint.gained', { ...did, gained: gainedPoints })
}

function changes({ changes: counts }: StatusFacts, say: Say): string | null {
  const words = changesList(counts, say)
  return words === null ? null : say('changes', { changes: words })
}
