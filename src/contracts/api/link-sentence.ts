import { today, type Contribution, type ContributionStep } from '../../domain/contributions/contribution.ts'
import type { LinkReason } from '../../domain/links/effective-links.ts'
import type { SizeUnit } from '../../domain/measures/measure.ts'

/** "PROJ-7 counts 5 points for KR-12 because PROJ-1 above it carries the label kr-12." */
export function linkSentence(contribution: Contribution, issueKey: string, unit: SizeUnit): string {
  const step = today(contribution)
  return `${issueKey} ${standing(step, contribution.keyResult, unit)} ${because(contribution, step)}.`
}

function standing(step: ContributionStep, keyResult: string, unit: SizeUnit): string {
  if (step.state === 'out') return `does not count for ${keyResult}`
  if (step.role === 'supports') return `supports ${keyResult} without moving it`
  const share = step.sharePercent === 100 ? '' : `${step.sharePercent} % of `
  if (step.size === null) return `counts ${share}a median issue for ${keyResult}, since it has no estimate,`
  return `counts ${share}${sizeText(step.size, unit)} for ${keyResult}`
}

function sizeText(size: number, unit: SizeUnit): string {
  if (unit === 'count') return 'one issue'
  if (unit === 'points') return size === 1 ? '1 point' : `${size} points`
  return `${size} (${unit.field})`
}

function because({ reason, keyResult }: Contribution, step: ContributionStep): string {
  switch (step.outReason) {
    case 'not_delivered':
      return `because it was closed without being delivered; otherwise it would count since ${causeOf(reason, keyResult)}`
    case 'unlinked':
      return 'because nothing links it any more'
    case 'deleted':
      return 'because it was deleted in Jira'
    case null:
      return `because ${causeOf(reason, keyResult)}`
  }
}

function causeOf(reason: LinkReason, keyResult: string): string {
  switch (reason.kind) {
    case 'label':
      return `it carries the label ${reason.text}`
    case 'field':
      return `its key result field says ${reason.text}`
    case 'manual':
      return `it is linked to ${keyResult} by hand`
    case 'inherited':
      return `${reason.ancestorKey} above it ${causeAbove(reason, keyResult)}`
  }
}

function causeAbove(reason: Extract<LinkReason, { kind: 'inherited' }>, keyResult: string): string {
  switch (reason.via) {
    case 'label':
      return `carries the label ${reason.text}`
    case 'field':
      return `has a key result field that says ${reason.text}`
    case 'manual':
      return `is linked to ${keyResult} by hand`
  }
}
