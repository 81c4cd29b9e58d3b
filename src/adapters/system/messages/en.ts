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
  'progress.due': 'due {dueDay}',

  'reason.no_evidence':
    'There is nothing to measure yet: no linked work has moved and no value has been reported.',
  'reason.reached': 'The target is reached.',
  'reason.past_due': 'The due date has passed and the target was not reached.',
  'reason.silence':
    'No linked work has moved and no value has been reported for a while. Silence does not count as on track.',
  'reason.grace': 'It is too early to judge the pace.',
  'reason.slipping': 'The running period is out of its band so far; it can still be brought back.',
  'reason.pace': 'Progress is at {paceShare, number, percent} of the expected pace.',
  'reason.behind_start': 'The value is worse than it was at the start.',
  'reason.gap':
    'Progress is {points, number} percentage {points, plural, one {point} other {points}} behind plan.',
  'reason.no_basis': 'There is evidence, but no plan, forecast or confidence to judge it by.',
  'reason.by_hand': 'A person judged it so; by its numbers it would be: {computed}.',
  entered: 'A person entered this value; measured, it would be {measuredShare, number, percent}.',
  'entered.unmeasured': 'A person entered this value; nothing is measured yet.',

  'forecast.probability':
    'Forecast: {probabilityShare, number, percent} probability of reaching the target by {dueDay}.',
  'forecast.likely':
    'Forecast: {probabilityShare, number, percent} probability of reaching the target by {dueDay}, 85% by {likelyDay}.',
  'forecast.trend':
    'Trend: about {value, number, amount} by {dueDay}, between {low, number, amount} and {high, number, amount}.',

  'goal.count':
    'Target: {current, number, amount} of {target, number, amount} {target, plural, one {issue} other {issues}}',
  'goal.points':
    'Target: {current, number, amount} of {target, number, amount} {target, plural, one {point} other {points}}',
  'goal.size': 'Target: {current, number, amount} of {target, number, amount} {unit}',
  'goal.metric':
    'Outcome: from {baseline, number, amount} to {target, number, amount}, now {current, number, amount} {unit}',
  'goal.sized': 'Target: {current, number, amount} of {target, number, amount}',
  'goal.range.and': ' and ',
  'goal.range': 'Kept {band} {unit} in {good, number} of {all, plural, one {# period} other {# periods}}',
  'goal.milestones': '{good, number} of {all, plural, one {# step} other {# steps}} reached',
  'work.count':
    'Linked work: {delivered, number, amount} of {scope, number, amount} {scope, plural, one {issue} other {issues}} delivered',
  'work.points':
    'Linked work: {delivered, number, amount} of {scope, number, amount} {scope, plural, one {point} other {points}} delivered ({deliveredIssues, number} of {scopeIssues, plural, one {# issue} other {# issues}})',
  warnings: 'Open warnings: {warnings}',
  confidence: 'Confidence: {confidence, number} of 10',
  unestimated:
    '{issues, plural, one {# issue has no estimate and counts} other {# issues have no estimate and count}} as {countedAs, number, amount} {countedAs, plural, one {point} other {points}}{issues, plural, one {} other { each}}',

  'sprint.did':
    'Sprint “{sprint}”: {completed, plural, one {# issue} other {# issues}} completed, {carriedOver, number} carried over',
  'sprint.gained':
    'Sprint “{sprint}”: {completed, plural, one {# issue} other {# issues}} completed, {carriedOver, number} carried over; progress {gained, number, ::sign-always} points',
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
  'change.rule_changed': 'way of measuring changed{count, plural, one {} other { # times}}',

  provenance: 'Written by Throughline, edited in place.',

  'rule.reached': 'target reached',
  'rule.past_due': 'due date passed',
  'rule.no_evidence': 'nothing to measure',
  'rule.silence': 'silence',
  'rule.grace': 'too early',
  'rule.slipping': 'the running period',
  'rule.pace': 'pace',
  'rule.gap': 'distance from plan',
  'rule.forecast': 'forecast',
  'rule.confidence': 'confidence',
  'rule.no_basis': 'nothing to judge by',

  'warning.output_without_outcome': 'Output without outcome',
  'warning.scope_growth': 'Scope grows',
  'warning.uncovered': 'No work planned',
  'warning.conflict': 'Conflict',
  'warning.resolved': 'Resolved',
  'warning.says.at_risk': 'This key result may not reach its target in time.',
  'warning.says.off_track': 'This key result will not reach its target in time unless something changes.',
  'warning.says.output_without_outcome':
    '{deliveryShare, number, percent} of the linked work is delivered, but after {timeShare, number, percent} of its time the outcome has come only {outcomeShare, number, percent} of the way.',
  'warning.says.scope_growth.points':
    'Its linked work grew from {before, number, amount} to {now, number, amount} points since {day}.',
  'warning.says.scope_growth.issues':
    'Its linked work grew from {before, number, amount} to {now, number, amount} issues since {day}.',
  'warning.says.scope_growth.size':
    'Its linked work grew from {before, number, amount} to {now, number, amount} since {day}.',
  'warning.says.uncovered': 'It is in danger, and no running sprint holds open work for it.',
  'warning.says.conflict': '{issue} counts for it and also for {others}, which serve other objectives.',
  'warning.needs.points':
    'To come back it needs {needed, number, amount} {needed, plural, one {point} other {points}} per sprint; this sprint plans {planned, number, amount}.',
  'warning.needs.issues':
    'To come back it needs {needed, number, amount} {needed, plural, one {issue} other {issues}} per sprint; this sprint plans {planned, number, amount}.',
  'warning.needs.size':
    'To come back it needs {needed, number, amount} per sprint; this sprint plans {planned, number, amount}.',
  'warning.needs_only.points':
    'To come back it needs {needed, number, amount} {needed, plural, one {point} other {points}} per sprint.',
  'warning.needs_only.issues':
    'To come back it needs {needed, number, amount} {needed, plural, one {issue} other {issues}} per sprint.',
  'warning.needs_only.size': 'To come back it needs {needed, number, amount} per sprint.',
  'warning.policy': 'Judged by the policy “{policy}”: {rule}.',
  'warning.over': 'The warning “{warning}” ended on {day}. Health now: {health}.',
  'warning.closed':
    'The cycle was closed on {day}, and the warning “{warning}” ended with it. Health then: {health}.',
  'warning.cycleClosed': 'Cycle closed',
  'warning.ended': 'Written by Throughline; this warning is over.',
  'warning.provenance': 'Written by Throughline once for this warning, and edited in place when it changes.',

  'digest.title': '{team}, {day}',
  'digest.moved': 'What moved',
  'digest.danger': 'In danger',
  'digest.recovered': 'Out of danger',
  'digest.serves': 'What the current work serves',
  'digest.checkIns': 'Check-ins that wait for you',
  'digest.asked.value': 'a value',
  'digest.asked.steps': 'the steps done',
  'digest.asked.confidence': 'a confidence',
  'digest.progress': '{before, number, percent} → {now, number, percent}',
  'digest.health': '{before} → {now}',
  'digest.new': 'new',
  'digest.since': 'since {day}',
  'digest.working': '{issues, plural, one {# issue} other {# issues}} in progress',
  'digest.more': 'and {count, number} more',
  'digest.provenance': 'Written by Throughline at the end of the working day.',
}
