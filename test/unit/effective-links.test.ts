import { describe, expect, it } from 'vitest'
import { effectiveLinks, type Lineage } from '../../src/domain/links/effective-links.ts'
import type { ManualLink } from '../../src/domain/links/manual-link.ts'
import type { IssueState } from '../../src/domain/mirror/issue.ts'
import { day, issueState, KR1, KR2, LINK_RULES, manualLink } from '../support/issues.ts'

function issue(issueId: string, state: Partial<IssueState>, ...manualLinks: ManualLink[]): Lineage {
  return { issueId, state: issueState({ key: `PROJ-${issueId}`, ...state }), manualLinks }
}

const story = (state: Partial<IssueState> = {}, ...links: ManualLink[]) => issue('1', state, ...links)
const epic = (state: Partial<IssueState> = {}, ...links: ManualLink[]) =>
  issue('10', { level: 1, ...state }, ...links)
const initiative = (state: Partial<IssueState> = {}) => issue('100', { level: 1, ...state })
const subTask = (state: Partial<IssueState> = {}) => issue('5', { level: -1, ...state })

const linksOf = (...lineage: Lineage[]) => effectiveLinks(lineage, LINK_RULES, day(5))
const namesOf = (...lineage: Lineage[]) => linksOf(...lineage).map((link) => link.keyResult)

describe('an issue’s own link', () => {
  it.each([
    ['label', { labels: ['kr:1'] }, 'kr:1'],
    ['field', { keyResultField: ['KR-1'] }, 'KR-1'],
  ] as const)('may come from a %s, drives progress and counts in full', (kind, state, text) => {
    expect(linksOf(story(state))).toEqual([
      { keyResult: KR1, role: 'drives', sharePercent: 100, reason: { kind, text } },
    ])
  })

  it('may be made by hand, with its role and its share', () => {
    expect(linksOf(story({}, manualLink({ role: 'supports', sharePercent: 60 })))).toEqual([
      { keyResult: KR1, role: 'supports', sharePercent: 60, reason: { kind: 'manual' } },
    ])
  })

  it('made by hand wins over a tag for the same key result, and leaves other tags alone', () => {
    const links = linksOf(story({ labels: ['KR-1', 'KR-2'] }, manualLink({ sharePercent: 40 })))
    expect(
      links.map(({ keyResult, sharePercent, reason }) => [keyResult, sharePercent, reason.kind]),
    ).toEqual([
      [KR1, 40, 'manual'],
      [KR2, 100, 'label'],
    ])
  })

  it('made by hand counts from its making up to its removal', () => {
    const link = manualLink({ linkedAt: day(2), unlinkedAt: day(4) })
    const at = (instant: number) => effectiveLinks([story({}, link)], LINK_RULES, instant).length
    expect([day(2) - 1, day(2), day(4) - 1, day(4)].map(at)).toEqual([0, 1, 1, 0])
  })

  it('is listed by key result, whatever named it first', () => {
    const links = [manualLink({ keyResult: KR2 }), manualLink({ keyResult: KR1 })]
    expect(namesOf(story({}, ...links))).toEqual([KR1, KR2])
  })
})

describe('inheritance', () => {
  it.each([
    ['label', epic({ labels: ['KR-1'] }), 'KR-1'],
    ['field', epic({ keyResultField: ['KR-1'] }), 'KR-1'],
    ['manual', epic({}, manualLink({ issueId: '10' })), ''],
  ] as const)('passes an epic’s link by %s on to its story, which drives progress', (via, above, text) => {
    expect(linksOf(story(), above)).toEqual([
      {
        keyResult: KR1,
        role: 'drives',
        sharePercent: 100,
        reason: { kind: 'inherited', ancestorId: '10', ancestorKey: 'PROJ-10', via, text },
      },
    ])
  })

  it('passes on the role and the share that a link was made with', () => {
    const above = epic({}, manualLink({ role: 'supports', sharePercent: 25 }))
    expect(linksOf(story(), above)).toMatchObject([{ role: 'supports', sharePercent: 25 }])
  })

  it('is taken from the nearest issue above that has links, and from no other', () => {
    const links = linksOf(story(), epic({ labels: ['KR-2'] }), initiative({ labels: ['KR-1'] }))
    expect(links).toMatchObject([{ keyResult: KR2, reason: { ancestorId: '10' } }])
    expect(linksOf(story(), epic(), initiative({ labels: ['KR-1'] }))).toMatchObject([
      { keyResult: KR1, reason: { ancestorId: '100', ancestorKey: 'PROJ-100' } },
    ])
  })

  it('gives way to any link of the issue’s own, also one for another key result', () => {
    expect(namesOf(story({ labels: ['KR-2'] }), epic({ labels: ['KR-1'] }))).toEqual([KR2])
    expect(namesOf(story({}, manualLink({ keyResult: KR2 })), epic({ labels: ['KR-1'] }))).toEqual([KR2])
  })

  it('takes a link that was removed by hand for none', () => {
    const removed = manualLink({ keyResult: KR2, unlinkedAt: day(3) })
    expect(namesOf(story({}, removed), epic({ labels: ['KR-1'] }))).toEqual([KR1])
  })
})

describe('opting out', () => {
  it('cuts an issue off from what it would inherit', () => {
    expect(linksOf(story({ labels: ['kr:none'] }), epic({ labels: ['KR-1'] }))).toEqual([])
  })

  it('leaves an issue’s own links', () => {
    expect(namesOf(story({ labels: ['kr:none', 'KR-2'] }), epic({ labels: ['KR-1'] }))).toEqual([KR2])
  })

  it('of an epic cuts off what is below it from what is above it', () => {
    expect(linksOf(story(), epic({ labels: ['kr:none'] }), initiative({ labels: ['KR-1'] }))).toEqual([])
  })

  it('of an epic that names a key result itself does not keep that from its stories', () => {
    expect(namesOf(story(), epic({ labels: ['kr:none', 'KR-1'] }))).toEqual([KR1])
  })
})

describe('containers do not count beside their contents', () => {
  it('an epic only supports what it names itself, by tag or by hand', () => {
    expect(linksOf(epic({ labels: ['KR-1'] }))).toMatchObject([
      { role: 'supports', reason: { kind: 'label' } },
    ])
    expect(linksOf(epic({}, manualLink()))).toMatchObject([{ role: 'supports', reason: { kind: 'manual' } }])
  })

  it('an epic only supports what it inherits', () => {
    expect(linksOf(epic(), initiative({ labels: ['KR-1'] }))).toMatchObject([{ role: 'supports' }])
  })

  it('a sub-task supports what it inherits from its story, or over it from the epic', () => {
    expect(linksOf(subTask(), story({ labels: ['KR-1'] }), epic())).toMatchObject([{ role: 'supports' }])
    expect(linksOf(subTask(), story(), epic({ labels: ['KR-1'] }))).toMatchObject([{ role: 'supports' }])
  })

  it('a sub-task drives what it names itself', () => {
    expect(linksOf(subTask({ labels: ['KR-1'] }), story())).toMatchObject([{ role: 'drives' }])
  })
})

it('links nothing where nothing names a key result', () => {
  expect(linksOf(story({ labels: ['ui'] }), epic({ keyResultField: ['later'] }), initiative())).toEqual([])
  expect(linksOf()).toEqual([])
})
