import { outlineOf, type IssueOutline, type IssueSeries, type StoredIssue } from './jira-history.ts'

export type IssueOrder = 'created' | 'updated'

/**
 * The issues of a running simulator: those of its history, with what has happened to them since on top. Slots number
 * the issues for good; a deleted one leaves its slot empty.
 */
export interface IssueShelf {
  get(idOrKey: string): StoredIssue | undefined
  /** Adds an issue, or replaces the one with its id. Keys it once had keep leading to it. */
  put(issue: StoredIssue): void
  remove(issueId: string): void
  /** Slots of all issues, ascending by the instant and then by id. Kept until something changes. */
  slotsBy(order: IssueOrder): Uint32Array
  outline(slot: number): IssueOutline
  at(slot: number): StoredIssue
}

export function createIssueShelf(base: IssueSeries): IssueShelf {
  const changed = new Map<number, StoredIssue | null>()
  const slotsByName = new Map<string, number>()
  const orders = new Map<IssueOrder, Uint32Array>()
  let slotCount = base.count

  const slotOf = (idOrKey: string): number | undefined =>
    slotsByName.get(idOrKey) ??
    base.find(idOrKey) ??
    slotsByName.get(idOrKey.toUpperCase()) ??
    base.find(idOrKey.toUpperCase())

  const issueAt = (slot: number): StoredIssue | null => {
    const replaced = changed.get(slot)
    return replaced === undefined ? base.at(slot) : replaced
  }

  const outlineAt = (slot: number): IssueOutline => {
    const replaced = changed.get(slot)
    return replaced ? outlineOf(replaced) : base.outline(slot)
  }

  return {
    get(idOrKey) {
      const slot = slotOf(idOrKey)
      return slot === undefined ? undefined : (issueAt(slot) ?? undefined)
    },
    put(issue) {
      const slot = slotOf(issue.id) ?? slotCount++
      changed.set(slot, issue)
      for (const name of [issue.id, issue.values.key]) slotsByName.set(name, slot)
      orders.clear()
    },
    remove(issueId) {
      const slot = slotOf(issueId)
      if (slot !== undefined) changed.set(slot, null)
      orders.clear()
    },
    slotsBy(order) {
      const known = orders.get(order)
      if (known !== undefined) return known
      const slots = Uint32Array.from({ length: slotCount }, (_, slot) => slot).filter(
        (slot) => changed.get(slot) !== null,
      )
      const instants = new Float64Array(slotCount)
      const ids = new Float64Array(slotCount)
      for (const slot of slots) {
        const outline = outlineAt(slot)
        instants[slot] = order === 'created' ? outline.createdAt : outline.updatedAt
        ids[slot] = Number(outline.id)
      }
      slots.sort((a, b) => instants[a]! - instants[b]! || ids[a]! - ids[b]!)
      orders.set(order, slots)
      return slots
    },
    outline: outlineAt,
    at(slot) {
      const issue = issueAt(slot)
      if (issue === null) throw new Error(`the issue in slot ${slot} was deleted; take slots from slotsBy`)
      return issue
    },
  }
}

/** The instant an issue is ordered by. */
export function orderInstant(outline: IssueOutline, order: IssueOrder): number {
  return order === 'created' ? outline.createdAt : outline.updatedAt
}
