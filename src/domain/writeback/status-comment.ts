import type { MovementKind } from '../explanation.ts'
import type { Health } from '../health/pace.ts'
import type { CommentDocument, CommentRun, StatusColor } from './comment-document.ts'
import type { Say } from './messages.ts'
import type { StatusFacts } from './status-facts.ts'

const COLORS: Readonly<Record<Health, StatusColor>> = {
  no_data: 'neutral',
  on_track: 'green',
  at_risk: 'yellow',
  off_track: 'red',
  stale: 'neutral',
  done: 'green',
  missed: 'red',
}

/** In the order they are read. */
const MOVEMENT_KINDS: readonly MovementKind[] = [
  'delivered',
  'reopened',
  'started',
  'added',
  'removed',
  're_estimated',
  'checked_in',
  'target_moved',
  'due_date_moved',
  'rule_changed',
]

const BAR_CELLS = 10

/** The status comment: health and title, progress against expected, why, the work, what changed, where it is from. */
export function statusComment(facts: StatusFacts, say: Say): CommentDocument {
  const lozenge: CommentRun = {
    kind: 'status',
    text: say(`health.${facts.health}`),
    color: COLORS[facts.health],
  }
  const title: CommentRun = { kind: 'link', text: `${facts.key} ${facts.title}`.trimEnd(), href: facts.url }
  const lines = [
    reason(facts, say),
    goal(facts, say),
    work(facts, say),
    unestimated(facts, say),
    confidence(facts, say),
    changes(facts, say),
  ].filter((line) => line !== null)
  return {
    blocks: [
      { kind: 'heading', runs: [lozenge, text(' '), title] },
      { kind: 'paragraph', runs: [text(say('objective', { title: facts.objectiveTitle }))] },
      { kind: 'paragraph', runs: progress(facts, say) },
      { kind: 'list', items: lines.map((line) => [text(line)]) },
      { kind: 'paragraph', runs: [text(say('provenance'))] },
    ],
  }
}

function text(line: string): CommentRun {
  return { kind: 'text', text: line }
}

function progress({ progressPercent, expectedPercent, dueDay }: StatusFacts, say: Say): CommentRun[] {
  const expected = say('progress.expected', { expectedShare: expectedPercent / 100, dueDay })
  if (progressPercent === null) return [text(`${say('progress.none')} · ${expected}`)]
  return [
    text(`${progressBar(progressPercent)} `),
    {
      kind: 'text',
      text: say('progress.reached', { progressShare: progressPercent / 100 }),
      style: 'strong',
    },
    text(` · ${expected}`),
  ]
}

/** `▰▰▰▱▱▱▱▱▱▱`; a cell is filled when its whole tenth is reached. */
export function progressBar(percent: number): string {
  const filled = Math.floor((percent * BAR_CELLS) / 100)
  return '▰'.repeat(filled) + '▱'.repeat(BAR_CELLS - filled)
}

/** The sentence behind the health. A pace below zero is no pace: the value went the wrong way. */
function reason({ rule, pacePercent }: StatusFacts, say: Say): string | null {
  if (rule !== 'pace') return say(`reason.${rule}`)
  if (pacePercent === null) return null
  return pacePercent < 0 ? say('reason.behind_start') : say('reason.pace', { paceShare: pacePercent / 100 })
}

/** What the progress is measured by, where the linked work does not already say it. */
function goal({ measure, current, target }: StatusFacts, say: Say): string | null {
  if (current === null || target === null) return null
  switch (measure.kind) {
    case 'delivery':
      return measure.target.kind === 'scope' ? null : say(`goal.${measure.size}`, { current, target })
    case 'metric':
      return say('goal.metric', { current, baseline: measure.baseline, target, unit: measure.unit }).trimEnd()
  }
}

function work({ measure, delivered, scope }: StatusFacts, say: Say): string | null {
  if (scope.issues === 0) return null
  if (measure.kind === 'metric' || measure.size === 'count')
    return say('work.count', { delivered: delivered.size, scope: scope.size })
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

function confidence({ latestCheckIn }: StatusFacts, say: Say): string | null {
  const value = latestCheckIn?.confidence ?? null
  return value === null ? null : say('confidence', { confidence: value })
}

function changes({ changes: counts }: StatusFacts, say: Say): string | null {
  const parts = MOVEMENT_KINDS.flatMap((kind) => {
    const count = counts[kind] ?? 0
    return count > 0 ? [say(`change.${kind}`, { count })] : []
  })
  return parts.length === 0 ? null : say('changes', { changes: parts.join(say('changes.separator')) })
}
