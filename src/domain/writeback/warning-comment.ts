import type { WarningDetail, WarningNumbers } from '../warnings/signal.ts'
import type { CommentDocument, CommentRun } from './comment-document.ts'
import type { Say } from './messages.ts'
import { progressLine } from './progress-line.ts'
import { forecastSentence } from './shown-forecast.ts'
import type { WarningShown } from './warning-content.ts'
import { warningName } from './warning-name.ts'

/** The comment of one warning: what is wrong and with which key result, whom it concerns, the numbers, what would help. */
export function warningComment(shown: WarningShown, say: Say): CommentDocument {
  const { numbers, dueDay, resolvedDay } = shown
  const title: CommentRun = { kind: 'link', text: `${shown.key} ${shown.title}`.trimEnd(), href: shown.url }
  const shownProgress = { ...numbers, dueDay }
  const head = [
    { kind: 'heading' as const, runs: [lozenge(shown, say), text(' '), title] },
    { kind: 'paragraph' as const, runs: [text(say('objective', { title: shown.objectiveTitle }))] },
    { kind: 'paragraph' as const, runs: progressLine(shownProgress, say) },
  ]
  if (resolvedDay !== null) {
    const over = say(shown.endedWith === 'cycle' ? 'warning.closed' : 'warning.over', {
      warning: warningName(shown, say),
      day: resolvedDay,
      health: say(`health.${numbers.health}`),
    })
    return {
      blocks: [
        ...head,
        { kind: 'paragraph', runs: [text(over)] },
        { kind: 'paragraph', runs: [text(say('warning.ended'))] },
      ],
    }
  }
  const lines = [...numbersBehind(numbers, dueDay, say), wayBack(numbers, say), judged(numbers, say)].filter(
    (line) => line !== null,
  )
  return {
    blocks: [
      ...head,
      { kind: 'paragraph', runs: [...mention(shown), text(whatIsWrong(shown, say))] },
      { kind: 'list', items: lines.map((line) => [text(line)]) },
      { kind: 'paragraph', runs: [text(say('warning.provenance'))] },
    ],
  }
}

function text(line: string): CommentRun {
  return { kind: 'text', text: line }
}

function lozenge(shown: WarningShown, say: Say): CommentRun {
  if (shown.resolvedDay !== null) {
    return shown.endedWith === 'cycle'
      ? { kind: 'status', text: say('warning.cycleClosed'), color: 'neutral' }
      : { kind: 'status', text: say('warning.resolved'), color: 'green' }
  }
  return {
    kind: 'status',
    text: warningName(shown, say),
    color: shown.level === 'off_track' ? 'red' : 'yellow',
  }
}

function mention({ owner }: WarningShown): CommentRun[] {
  return owner === null ? [] : [{ kind: 'mention', text: owner.name, accountId: owner.accountId }, text(' ')]
}

function whatIsWrong({ level, detail, numbers }: WarningShown, say: Say): string {
  if (detail.kind !== 'health') return detailSentence(detail, say)
  return numbers.health === 'missed' ? say('reason.past_due') : say(`warning.says.${level}`)
}

/** What each kind says beside the numbers. */
export function detailSentence(detail: Exclude<WarningDetail, { kind: 'health' }>, say: Say): string {
  switch (detail.kind) {
    case 'output_without_outcome':
      return say('warning.says.output_without_outcome', {
        deliveryShare: detail.deliveryPercent / 100,
        outcomeShare: detail.outcomePercent / 100,
        timeShare: detail.timePercent / 100,
      })
    case 'scope_growth':
      return say(`warning.says.scope_growth.${detail.unit}`, {
        before: detail.sizeBefore,
        now: detail.sizeNow,
        day: detail.sinceDay,
      })
    case 'uncovered':
      return say('warning.says.uncovered')
    case 'conflict':
      return say('warning.says.conflict', {
        issue: detail.issueKey,
        others: detail.others.join(say('changes.separator')),
      })
  }
}

function numbersBehind(numbers: WarningNumbers, dueDay: string, say: Say): (string | null)[] {
  const { pacePercent, forecast } = numbers
  return [pace(pacePercent, say), forecast === null ? null : forecastSentence(forecast, dueDay, say)]
}

function pace(pacePercent: number | null, say: Say): string | null {
  if (pacePercent === null) return null
  return pacePercent < 0 ? say('reason.behind_start') : say('reason.pace', { paceShare: pacePercent / 100 })
}

function wayBack({ needed }: WarningNumbers, say: Say): string | null {
  if (needed === null) return null
  const { perSprint, plannedNow, unit } = needed
  return plannedNow === null
    ? say(`warning.needs_only.${unit}`, { needed: perSprint })
    : say(`warning.needs.${unit}`, { needed: perSprint, planned: plannedNow })
}

function judged({ overruled, policy, rule }: WarningNumbers, say: Say): string {
  if (overruled !== null) return say('reason.by_hand', { computed: say(`health.${overruled}`) })
  return say('warning.policy', { policy, rule: say(`rule.${rule}`) })
}
