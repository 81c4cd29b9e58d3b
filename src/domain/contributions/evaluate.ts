import type { KeyResultKey, SiteId } from '../ids.ts'
import { effectiveLinks, type EffectiveLink, type Lineage } from '../links/effective-links.ts'
import type { LinkRules } from '../links/link-rules.ts'
import type { ManualLink } from '../links/manual-link.ts'
import { issueAsOf, type StatusCategories } from '../mirror/as-of.ts'
import type { IssueHistory, IssueState } from '../mirror/issue.ts'
import type { SizeUnit } from '../measures/measure.ts'
import type { EpochMs } from '../time.ts'
import type { Contribution, ContributionStep } from './contribution.ts'
import { deliveryState, type NotDelivered } from './delivered.ts'

/** An issue with everything its contributions depend on. */
export interface EvaluationInput {
  readonly siteId: SiteId
  readonly issue: IssueHistory
  /** The issue's parent, that one's parent, … as they were and are: looked up by issue id or, for classic epics, key. */
  readonly ancestorOf: (state: IssueState) => IssueHistory | null
  readonly manualLinksOf: (issueId: string) => readonly ManualLink[]
}

export interface EvaluationRules {
  readonly links: LinkRules
  readonly notDelivered: NotDelivered
  readonly categories: StatusCategories
  /** How each existing key result sizes an issue; tags that name no key result are absent and contribute nothing. */
  readonly sizeUnits: ReadonlyMap<KeyResultKey, SizeUnit>
}

/** Jira allows a handful of levels; a cycle in broken data must not hang the evaluation. */
export const MAX_LEVELS = 8

/**
 * What an issue adds to each key result it is or was linked to, over its whole past: the state is evaluated at each
 * instant at which the issue or one of its ancestors changed. Pure, so any order of arrival gives the same answer,
 * and the cost depends on this issue's own history alone.
 */
export function evaluateContributions(input: EvaluationInput, rules: EvaluationRules): Contribution[] {
  const builders = new Map<KeyResultKey, ContributionBuilder>()
  for (const at of instantsOfChange(input)) {
    const lineage = lineageAsOf(input, at, rules.categories)
    const links = lineage === null ? [] : effectiveLinks(lineage, rules.links, at)
    for (const link of links) {
      const unit = rules.sizeUnits.get(link.keyResult)
      if (unit === undefined) continue
      const builder = builders.get(link.keyResult) ?? new ContributionBuilder()
      builders.set(link.keyResult, builder)
      builder.linked(link, lineage![0]!.state, stepOf(link, lineage![0]!.state, unit, at, rules.notDelivered))
    }
    for (const [keyResult, builder] of builders) {
      if (links.some((link) => link.keyResult === keyResult)) continue
      builder.left(at, lineage === null ? 'deleted' : 'unlinked')
    }
  }
  return [...builders].map(([keyResult, builder]) => builder.build(keyResult, input))
}

/** Collects one contribution's steps in time order and keeps only those that say something new. */
class ContributionBuilder {
  readonly #steps: ContributionStep[] = []
  #link: EffectiveLink | null = null
  #isAnchorCandidate = false

  linked(link: EffectiveLink, state: IssueState, step: ContributionStep): void {
    this.#link = link
    this.#isAnchorCandidate = state.level === 1 && link.reason.kind !== 'inherited'
    this.#push(step)
  }

  left(at: EpochMs, outReason: 'deleted' | 'unlinked'): void {
    const last = this.#steps.at(-1)
    if (last === undefined) return
    this.#isAnchorCandidate = false
    this.#push({ ...last, at, state: 'out', outReason })
  }

  build(keyResult: KeyResultKey, { siteId, issue }: EvaluationInput): Contribution {
    const [first, ...rest] = this.#steps
    return {
      keyResult,
      siteId,
      issueId: issue.issueId,
      reason: this.#link!.reason,
      isAnchorCandidate: this.#isAnchorCandidate,
      steps: [first!, ...rest],
    }
  }

  #push(step: ContributionStep): void {
    const last = this.#steps.at(-1)
    if (last !== undefined && isSame(last, step)) return
    this.#steps.push(step)
  }
}

function isSame(a: ContributionStep, b: ContributionStep): boolean {
  return (
    a.state === b.state &&
    a.size === b.size &&
    a.role === b.role &&
    a.sharePercent === b.sharePercent &&
    a.outReason === b.outReason
  )
}

function stepOf(
  link: EffectiveLink,
  state: IssueState,
  unit: SizeUnit,
  at: EpochMs,
  notDelivered: NotDelivered,
): ContributionStep {
  const delivery = deliveryState(state, notDelivered)
  return {
    at,
    state: delivery === 'not_delivered' ? 'out' : delivery,
    size: sizeOf(state, unit),
    role: link.role,
    sharePercent: link.sharePercent,
    outReason: delivery === 'not_delivered' ? 'not_delivered' : null,
  }
}

function sizeOf(state: IssueState, unit: SizeUnit): number | null {
  if (unit === 'count') return 1
  if (unit === 'points') return state.points
  const number = state.numbers[unit.field] ?? unit.whenMissing
  // A sum takes numbers as they are; work of a size below nothing is not estimated.
  return number !== null && number < 0 && unit.whenMissing === null ? null : number
}

function lineageAsOf(input: EvaluationInput, at: EpochMs, categories: StatusCategories): Lineage[] | null {
  const lineage: Lineage[] = []
  let history: IssueHistory | null = input.issue
  while (history !== null && lineage.length < MAX_LEVELS) {
    const state = issueAsOf(history, at, categories)
    if (state === null) break
    const { issueId } = history
    if (lineage.some((issue) => issue.issueId === issueId)) break
    lineage.push({ issueId, state, manualLinks: input.manualLinksOf(issueId) })
    history = input.ancestorOf(state)
  }
  return lineage.length === 0 ? null : lineage
}

/** Every instant at which the issue, or any issue that is or was above it, or a hand-made link of theirs, changed. */
function instantsOfChange(input: EvaluationInput): EpochMs[] {
  const { issue } = input
  const instants = new Set<EpochMs>([issue.createdAt])
  const seen = new Set<string>()
  const visit = (history: IssueHistory, depth: number) => {
    if (seen.has(history.issueId) || depth > MAX_LEVELS) return
    seen.add(history.issueId)
    instants.add(history.createdAt)
    if (history.deletedAt !== null) instants.add(history.deletedAt)
    for (const change of history.changes) instants.add(change.at)
    for (const link of input.manualLinksOf(history.issueId)) {
      instants.add(link.linkedAt)
      if (link.unlinkedAt !== null) instants.add(link.unlinkedAt)
    }
    for (const parent of parentsEver(history)) {
      const ancestor = input.ancestorOf(parent)
      if (ancestor !== null) visit(ancestor, depth + 1)
    }
  }
  visit(issue, 0)
  return [...instants].filter((at) => at >= issue.createdAt).sort((a, b) => a - b)
}

function parentsEver(history: IssueHistory): IssueState[] {
  const past = history.changes.flatMap((change) =>
    change.field === 'parent' ? [change.from, change.to].filter((id) => id !== null) : [],
  )
  return [history.current, ...past.map((parentId) => ({ ...history.current, parentId, parentKey: null }))]
}
