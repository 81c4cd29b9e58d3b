import type { Catalogue } from './catalogue.ts'

export const en: Catalogue = {
  'health.no_data': 'No data',
  'health.on_track': 'On track',
  'health.at_risk': 'At risk',
  'health.off_track': 'Off track',
  'health.stale': 'Stale',
  'health.done': 'Done',
  'health.missed': 'Missed',

  objective: 'Objective: {title}',
  'progress.none': 'No progress to show yet',
  'progress.reached': '{progressShare, number, percent} reached',
  'progress.expected': '{expectedShare, number, percent} expected by now, due {dueDay}',

  'reason.no_evidence':
    'There is nothing to measure yet: no linked work has moved and no value has been reported.',
  'reason.reached': 'The target is reached.',
  'reason.past_due': 'The due date has passed and the target was not reached.',
  'reason.silence':
    'No linked work has moved and no value has been reported for a while. Silence does not count as on track.',
  'reason.grace': 'It is too early to judge the pace.',
  'reason.pace': 'Progress is at {paceShare, number, percent} of the expected pace.',
  'reason.behind_start': 'The value is worse than it was at the start.',

  'goal.count':
    'Target: {current, number, amount} of {target, number, amount} {target, plural, one {issue} other {issues}}',
  'goal.points':
    'Target: {current, number, amount} of {target, number, amount} {target, plural, one {point} other {points}}',
  'goal.metric':
    'Outcome: from {baseline, number, amount} to {target, number, amount}, now {current, number, amount} {unit}',
  'work.count':
    'Linked work: {delivered, number, amount} of {scope, number, amount} {scope, plural, one {issue} other {issues}} delivered',
  'work.points':
    'Linked work: {delivered, number, amount} of {scope, number, amount} {scope, plural, one {point} other {points}} delivered ({deliveredIssues, number} of {scopeIssues, plural, one {# issue} other {# issues}})',
  confidence: 'Confidence: {confidence, number} of 10',
  unestimated:
    '{issues, plural, one {# issue has no estimate and counts} other {# issues have no estimate and count}} as {countedAs, number, amount} {countedAs, plural, one {point} other {points}}{issues, plural, one {} other { each}}',

  changes: 'Since the last update: {changes}',
  'changes.separator': ', ',
  'change.delivered': '{count, plural, one {# issue} other {# issues}} delivered',
  'change.reopened': '{count, plural, one {# issue} other {# issues}} reopened',
  'change.added': '{count, plural, one {# issue} other {# issues}} added',
  'change.removed': '{count, plural, one {# issue} other {# issues}} removed',
  'change.re_estimated': '{count, plural, one {# issue} other {# issues}} re-estimated',
  'change.started': '{count, plural, one {# issue} other {# issues}} started',
  'change.checked_in': '{count, plural, one {# check-in} other {# check-ins}}',
  'change.target_moved': 'target moved{count, plural, one {} other { # times}}',
  'change.due_date_moved': 'due date moved{count, plural, one {} other { # times}}',
  'change.rule_changed': 'link rules changed{count, plural, one {} other { # times}}',

  provenance: 'Written by Throughline, edited in place.',
}
