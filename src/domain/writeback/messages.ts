/** The languages people read Throughline in. */
export type Locale = 'en' | 'zh-CN' | 'zh-TW'

export const LOCALES: readonly Locale[] = ['en', 'zh-CN', 'zh-TW']

const nothing = {} as const
const count = { count: 'number' } as const
const needs = { needed: 'number', planned: 'number' } as const
const growth = { before: 'number', now: 'number', day: 'text' } as const
const towards = { current: 'number', target: 'number' } as const

/**
 * Every sentence of the comments with the values it needs. `share` values are 0 to 1 and shown as percent.
 * The catalogues say the words; a test keeps both in step.
 */
export const MESSAGES = {
  'health.no_data': nothing,
  'health.on_track': nothing,
  'health.at_risk': nothing,
  'health.off_track': nothing,
  'health.stale': nothing,
  'health.done': nothing,
  'health.missed': nothing,

  objective: { title: 'text' },
  'progress.none': nothing,
  'progress.reached': { progressShare: 'number' },
  'progress.expected': { expectedShare: 'number', dueDay: 'text' },
  'progress.due': { dueDay: 'text' },

  'reason.no_evidence': nothing,
  'reason.reached': nothing,
  'reason.past_due': nothing,
  'reason.silence': nothing,
  'reason.grace': nothing,
  'reason.slipping': nothing,
  'reason.pace': { paceShare: 'number' },
  'reason.behind_start': nothing,
  'reason.gap': { points: 'number' },
  'reason.no_basis': nothing,
  'reason.by_hand': { computed: 'text' },
  entered: { measuredShare: 'number' },
  'entered.unmeasured': nothing,

  'forecast.probability': { probabilityShare: 'number', dueDay: 'text' },
  'forecast.likely': { probabilityShare: 'number', dueDay: 'text', likelyDay: 'text' },
  'forecast.trend': { value: 'number', low: 'number', high: 'number', dueDay: 'text' },

  'goal.count': towards,
  'goal.points': towards,
  'goal.size': { current: 'number', target: 'number', unit: 'text' },
  'goal.metric': { current: 'number', baseline: 'number', target: 'number', unit: 'text' },
  'goal.sized': towards,
  'goal.range.and': nothing,
  'goal.range': { good: 'number', all: 'number', band: 'text', unit: 'text' },
  'goal.milestones': { good: 'number', all: 'number' },
  'work.count': { delivered: 'number', scope: 'number' },
  'work.points': { delivered: 'number', scope: 'number', deliveredIssues: 'number', scopeIssues: 'number' },
  warnings: { warnings: 'text' },
  confidence: { confidence: 'number' },
  unestimated: { issues: 'number', countedAs: 'number' },

  'sprint.did': { sprint: 'text', completed: 'number', carriedOver: 'number' },
  'sprint.gained': { sprint: 'text', completed: 'number', carriedOver: 'number', gained: 'number' },
  changes: { changes: 'text' },
  'changes.separator': nothing,
  'change.delivered': count,
  'change.reopened': count,
  'change.added': count,
  'change.removed': count,
  'change.re_estimated': count,
  'change.started': count,
  'change.checked_in': count,
  'change.target_moved': count,
  'change.due_date_moved': count,
  'change.rule_changed': count,

  provenance: nothing,

  'rule.reached': nothing,
  'rule.past_due': nothing,
  'rule.no_evidence': nothing,
  'rule.silence': nothing,
  'rule.grace': nothing,
  'rule.slipping': nothing,
  'rule.pace': nothing,
  'rule.gap': nothing,
  'rule.forecast': nothing,
  'rule.confidence': nothing,
  'rule.no_basis': nothing,

  'warning.output_without_outcome': nothing,
  'warning.scope_growth': nothing,
  'warning.uncovered': nothing,
  'warning.conflict': nothing,
  'warning.resolved': nothing,
  'warning.says.at_risk': nothing,
  'warning.says.off_track': nothing,
  'warning.says.output_without_outcome': {
    deliveryShare: 'number',
    outcomeShare: 'number',
    timeShare: 'number',
  },
  'warning.says.scope_growth.points': growth,
  'warning.says.scope_growth.issues': growth,
  'warning.says.scope_growth.size': growth,
  'warning.says.uncovered': nothing,
  'warning.says.conflict': { issue: 'text', others: 'text' },
  'warning.needs.points': needs,
  'warning.needs.issues': needs,
  'warning.needs.size': needs,
  'warning.needs_only.points': { needed: 'number' },
  'warning.needs_only.issues': { needed: 'number' },
  'warning.needs_only.size': { needed: 'number' },
  'warning.policy': { policy: 'text', rule: 'text' },
  'warning.over': { warning: 'text', day: 'text', health: 'text' },
  'warning.closed': { warning: 'text', day: 'text', health: 'text' },
  'warning.cycleClosed': nothing,
  'warning.ended': nothing,
  'warning.provenance': nothing,

  'digest.title': { team: 'text', day: 'text' },
  'digest.moved': nothing,
  'digest.danger': nothing,
  'digest.recovered': nothing,
  'digest.serves': nothing,
  'digest.checkIns': nothing,
  'digest.asked.value': nothing,
  'digest.asked.steps': nothing,
  'digest.asked.confidence': nothing,
  'digest.progress': { before: 'number', now: 'number' },
  'digest.health': { before: 'text', now: 'text' },
  'digest.new': nothing,
  'digest.since': { day: 'text' },
  'digest.working': { issues: 'number' },
  'digest.more': count,
  'digest.provenance': nothing,
} as const satisfies Readonly<Record<string, Readonly<Record<string, 'number' | 'text'>>>>

export type MessageId = keyof typeof MESSAGES

type Kinds<Id extends MessageId> = (typeof MESSAGES)[Id]

/** The values of a message, as one argument; no argument for a message without values. */
export type MessageValues<Id extends MessageId> = keyof Kinds<Id> extends never
  ? []
  : [values: { readonly [Name in keyof Kinds<Id>]: Kinds<Id>[Name] extends 'number' ? number : string }]

/** Says a message in one language. User text may only enter as a value: values are never read as patterns. */
export type Say = <Id extends MessageId>(id: Id, ...values: MessageValues<Id>) => string

/** Every catalogue, compiled. */
export interface Messages {
  readonly locales: readonly Locale[]
  say<Id extends MessageId>(locale: Locale, id: Id, ...values: MessageValues<Id>): string
  sayIn(locale: Locale): Say
}
