import { describe, expect, it } from 'vitest'
import type { BlockingPast, KnownBlocking } from '../../src/domain/mirror/blocking.ts'
import { fetchedRank, toldUntil } from '../../src/domain/mirror/facts.ts'
import type { Blocker, FieldChange, IssueHistory } from '../../src/domain/mirror/issue.ts'
import { blockAt } from '../../src/domain/sprints/blocked.ts'
import { day, DOING, DONE, moved, RULES, START, TO_DO, WONT_DO } from '../support/issues.ts'
import { inSprint } from '../support/sprint-pasts.ts'

const NOW = day(20)
const linked = (key: string, to: boolean): FieldChange => ({ field: `blocker:${key}`, from: !to, to })
const shown = (id: number, given: Partial<Blocker> = {}): Blocker => ({
  issueId: String(id),
  key: `PROJ-${id}`,
  statusId: TO_DO,
  statusCategory: 'new',
  ...given,
})

interface Given {
  readonly known?: Partial<KnownBlocking>
  readonly blockers?: readonly IssueHistory[]
  readonly deletedAt?: BlockingPast['deletedAt']
}

function pastOf({ known = {}, blockers = [], deletedAt = new Map() }: Given): BlockingPast {
  return {
    known: new Map([['1', { read: null, links: [], ...known }]]),
    idOfKey: new Map(blockers.map(({ issueId }) => [`PROJ-${issueId}`, issueId])),
    blockers: new Map(blockers.map((history) => [history.issueId, history])),
    deletedAt,
  }
}

/** Since when the issue is blocked, and by which keys; null when it is not. */
function told(history: IssueHistory, given: Given = {}, at = NOW) {
  const block = blockAt(history, pastOf(given), RULES, at)
  return block === null ? null : [block.since, ...block.blockers.map(({ key }) => key)]
}

const link = (id: number, madeAt: number | null, removedAt: number | null = null) => ({
  blockerId: String(id),
  madeAt,
  removedAt,
})

describe('an issue linked as blocked by another is blocked', () => {
  const open = inSprint(2, { statusId: DOING, statusCategory: 'indeterminate' })

  it('since the link was made, by its changelog or by a webhook, and until it is removed', () => {
    const made = inSprint(1, {}, [day(5), linked('PROJ-2', true)])
    expect(told(made, { blockers: [open] })).toEqual([day(5), 'PROJ-2'])
    expect(told(made, { blockers: [open] }, day(5) - 1)).toBeNull()
    expect(told(inSprint(1), { blockers: [open], known: { links: [link(2, day(6))] } })).toEqual([
      day(6),
      'PROJ-2',
    ])
    const removed = inSprint(1, {}, [day(5), linked('PROJ-2', true)], [day(7), linked('PROJ-2', false)])
    expect(told(removed, { blockers: [open] })).toBeNull()
    expect(told(removed, { blockers: [open] }, day(7) - 1)).toEqual([day(5), 'PROJ-2'])
    expect(told(inSprint(1), { blockers: [open], known: { links: [link(2, day(6), day(7))] } })).toBeNull()
  })

  it('when only its list of links says so, since both issues exist', () => {
    const known = { read: { at: day(9), blockers: [shown(2)] } }
    expect(told(inSprint(1), { blockers: [open], known })).toEqual([START, 'PROJ-2'])
  })

  it('no more when a list as new as its last link holds it no more, and still when the list is older', () => {
    const made = inSprint(1, {}, [day(5), linked('PROJ-2', true)])
    const readAt = (at: number) => ({ blockers: [open], known: { read: { at, blockers: [] } } })
    expect(told(made, readAt(day(5)))).toBeNull()
    expect(told(made, readAt(day(5) - 1))).toEqual([day(5), 'PROJ-2'])
  })

  it('when a list that was read by a clock five minutes ahead of Jira does not hold it yet', () => {
    const made = inSprint(1, {}, [day(5), linked('PROJ-2', true)])
    const readAfter = (ms: number) => ({
      blockers: [open],
      known: { read: { at: toldUntil({ at: day(4), rank: fetchedRank(day(5) + ms) }), blockers: [] } },
    })
    expect(told(made, readAfter(5 * 60_000))).toEqual([day(5), 'PROJ-2'])
    expect(told(made, readAfter(15 * 60_000))).toBeNull()
  })

  it('not because a payload without a list says nothing', () => {
    expect(told(inSprint(1, {}, [day(5), linked('PROJ-2', true)]), { blockers: [open] })).not.toBeNull()
    expect(told(inSprint(1), { blockers: [open] })).toBeNull()
  })

  it('before the first that is known of its link, which was its end', () => {
    const ended = { blockers: [open], known: { links: [link(2, null, day(7))] } }
    expect(told(inSprint(1), ended, day(7) - 1)).toEqual([START, 'PROJ-2'])
    expect(told(inSprint(1), ended)).toBeNull()
  })

  it('again when it is linked again', () => {
    const links = [link(2, day(3), day(4)), link(2, day(8))]
    expect(told(inSprint(1), { blockers: [open], known: { links } })).toEqual([day(8), 'PROJ-2'])
    expect(told(inSprint(1), { blockers: [open], known: { links } }, day(6))).toBeNull()
  })

  it('by a key it had then, under the key it has now', () => {
    const renamed = { ...open, current: { ...open.current, key: 'OTHER-9' } }
    expect(told(inSprint(1, {}, [day(5), linked('PROJ-2', true)]), { blockers: [renamed] })).toEqual([
      day(5),
      'OTHER-9',
    ])
  })
})

describe('a key that no issue has or had', () => {
  const made = inSprint(1, {}, [day(5), linked('OLD-2', true)])
  const readAt = (at: number, ...blockers: Blocker[]) => ({ known: { read: { at, blockers } } })

  it('blocks while no list of links is as new as the link', () => {
    expect(told(made)).toEqual([day(5), 'OLD-2'])
    expect(told(made, readAt(day(5) - 1))).toEqual([day(5), 'OLD-2'])
  })

  it('never blocked when a list as new as the link does not hold it', () => {
    for (const at of [day(5), day(6), NOW]) expect(told(made, readAt(day(8)), at)).toBeNull()
  })

  it('blocked from link to removal', () => {
    const removed = inSprint(1, {}, [day(5), linked('OLD-2', true)], [day(7), linked('OLD-2', false)])
    expect(told(removed, readAt(day(8)), day(6))).toEqual([day(5), 'OLD-2'])
    expect(told(removed, readAt(day(8)))).toBeNull()
  })

  it('is the one issue of the list of which no word was said, under its key of today', () => {
    expect(told(made, readAt(day(8), shown(2)))).toEqual([day(5), 'PROJ-2'])
    expect(told(made, readAt(day(8), shown(2)), day(5) - 1)).toBeNull()
  })

  it('is none of several, nor one that is linked by a word of its own', () => {
    expect(told(made, readAt(day(8), shown(2), shown(3)))).toEqual([START, 'PROJ-2', 'PROJ-3'])
    const links = [link(2, day(7))]
    const known = { ...readAt(day(8), shown(2)).known, links }
    expect(told(made, { known })).toEqual([day(7), 'PROJ-2'])
    const two = inSprint(1, {}, [day(5), linked('OLD-2', true)], [day(6), linked('OLD-3', true)])
    expect(told(two, readAt(day(8), shown(2)))).toEqual([START, 'PROJ-2'])
  })
})

describe('what blocks blocks while it is open', () => {
  const made = inSprint(1, {}, [day(5), linked('PROJ-2', true)])

  it('so that its delivery unblocks, and reopening it blocks again', () => {
    const done = inSprint(2, { statusId: DONE }, moved(day(8), DOING, DONE))
    expect(told(made, { blockers: [done] })).toBeNull()
    expect(told(made, { blockers: [done] }, day(8) - 1)).toEqual([day(5), 'PROJ-2'])
    const again = inSprint(2, {}, moved(day(8), DOING, DONE), moved(day(10), DONE, TO_DO))
    expect(told(made, { blockers: [again] })).toEqual([day(10), 'PROJ-2'])
  })

  it('and not once it is closed without delivery, deleted, or before it was created', () => {
    const closed = inSprint(2, { statusId: DONE, resolution: WONT_DO })
    expect(told(made, { blockers: [closed] })).toBeNull()
    expect(told(made, { blockers: [{ ...inSprint(2), deletedAt: day(9) }] })).toBeNull()
    const known = { read: { at: day(9), blockers: [shown(2)] } }
    const young = { ...inSprint(2), createdAt: day(4) }
    expect(told(inSprint(1), { blockers: [young], known }, day(4) - 1)).toBeNull()
  })

  it('and not from its deletion on, where nothing else is known of it', () => {
    const given = { known: { links: [link(2, day(5))] }, deletedAt: new Map([['2', day(9)]]) }
    expect(told(inSprint(1), given)).toBeNull()
    expect(told(inSprint(1), given, day(9) - 1)).toEqual([day(5), '2'])
  })

  it('by the status its link shows where it is not mirrored, as the site knows that status', () => {
    const readWith = (blocker: Blocker) => ({ known: { read: { at: day(9), blockers: [blocker] } } })
    expect(told(inSprint(1), readWith(shown(2)))).toEqual([START, 'PROJ-2'])
    expect(told(inSprint(1), readWith(shown(2, { statusId: '77', statusCategory: 'done' })))).toBeNull()
    expect(told(inSprint(1), readWith(shown(2, { statusId: DONE })))).toBeNull()
  })

  it('beside others: one is left, and it is blocked since the first of an unbroken row', () => {
    const both = inSprint(
      1,
      { isFlagged: false },
      [day(5), linked('PROJ-2', true)],
      [day(6), linked('PROJ-10', true)],
    )
    const done = inSprint(2, { statusId: DONE }, moved(day(8), DOING, DONE))
    expect(told(both, { blockers: [done, inSprint(10)] })).toEqual([day(5), 'PROJ-10'])
    expect(told(both, { blockers: [inSprint(2), inSprint(10)] })).toEqual([day(5), 'PROJ-2', 'PROJ-10'])
  })

  it('and a flag alone has no blocker', () => {
    expect(told(inSprint(1, { isFlagged: true }))).toEqual([START])
  })
})
