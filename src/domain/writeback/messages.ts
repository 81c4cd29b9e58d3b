/** The languages people read Throughline in. */
export type Locale = 'en' | 'zh-CN' | 'zh-TW'

export const LOCALES: readonly Locale[] = ['en', 'zh-CN', 'zh-TW']

const nothing = {} as const
const count = { count: 'number' } as const
const towards = { current: 'number', target: 'number' } as const

/**
 * Every sentence of the status comment with the values it needs. `share` values are 0 to 1 and shown as percent.
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

  'reason.no_evidence': nothing,
  'reason.reached': nothing,
  'reason.past_due': nothing,
  'reason.silence': nothing,
  'reason.grace': nothing,
  'reason.pace': { paceShare: 'number' },
  'reason.behind_start': nothing,

  'goal.count': towards,
  'goal.points': towards,
  'goal.metric': { current: 'number', baseline: 'number', target: 'number', unit: 'text' },
  'work.count': { delivered: 'number', scope: 'number' },
  'work.points': { delivered: 'number', scope: 'number', deliveredIssues: 'number', scopeIssues: 'number' },
  confidence: { confidence: 'number' },
  unestimated: { issues: 'number', countedAs: 'number' },

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
