import { deliveryState, type NotDelivered } from '../contributions/delivered.ts'
import type { IssueLevel, IssueState } from '../mirror/issue.ts'

/** Issues that count alike: how many of them stand so. */
export interface IssueGroup extends Pick<IssueState, 'statusCategory' | 'resolution'> {
  readonly level: IssueLevel
  /** The initiative's own issue, not one below it. */
  readonly isItself: boolean
  readonly issues: number
}

/**
 * What has come out of an initiative, in issues. It says that work was done, not that it helped: it moves no key result.
 * `total` is what is in scope; what was closed without delivering anything is not.
 */
export interface Output {
  readonly total: number
  readonly toDo: number
  readonly inProgress: number
  readonly delivered: number
  /** Closed as Won't Do, Duplicate and the like. */
  readonly closedWithoutDelivery: number
  /** delivered ÷ total; null when nothing is in scope. */
  readonly share: number | null
}

/**
 * Counts work items, not what holds them or splits them: epics among the issues below, and sub-tasks, count only where
 * there is nothing else. An initiative with nothing below its issue counts that one.
 */
export function outputOf(groups: readonly IssueGroup[], site: NotDelivered): Output {
  const counted = countedOf(groups)
  const inState = (state: ReturnType<typeof deliveryState>) =>
    counted
      .filter((group) => deliveryState(group, site) === state)
      .reduce((sum, { issues }) => sum + issues, 0)
  const [toDo, inProgress, delivered] = [inState('to_do'), inState('in_progress'), inState('delivered')]
  const total = toDo + inProgress + delivered
  return {
    total,
    toDo,
    inProgress,
    delivered,
    closedWithoutDelivery: inState('not_delivered'),
    share: total === 0 ? null : delivered / total,
  }
}

function countedOf(groups: readonly IssueGroup[]): readonly IssueGroup[] {
  const below = groups.filter(({ isItself }) => !isItself)
  const items = below.filter(({ level }) => level === 0)
  if (items.length > 0) return items
  return below.length > 0 ? below : groups
}
