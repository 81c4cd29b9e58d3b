import { describe, expect, it } from 'vitest'
import { jiraHistory } from '../../src/contracts/jira/changelog.ts'
import { readIssue, type IssueReading } from '../../src/contracts/jira/issue.ts'
import { readHistories } from '../../src/contracts/jira/rest-issues.ts'
import { jiraStatuses } from '../../src/contracts/jira/rest.ts'
import { jiraSprint } from '../../src/contracts/jira/sprint.ts'
import { issueAsOf } from '../../src/domain/mirror/as-of.ts'
import { FETCHED_RANK } from '../../src/domain/mirror/facts.ts'
import { sortChanges, type IssueHistory } from '../../src/domain/mirror/issue.ts'
import type { SiteFields } from '../../src/domain/site.ts'
import { devlake, goJira } from '../support/real-answers.ts'
import { hasSharedData } from '../support/shared-data.ts'

const FIELDS: SiteFields = {
  sprint: { id: 'customfield_10020', name: 'Sprint' },
  points: [{ id: 'customfield_10024', name: 'Story points' }],
  numbers: [],
  flag: null,
  epicLink: { id: 'customfield_10014', name: 'Epic Link' },
  keyResult: null,
  blocks: null,
}

interface RawItem {
  readonly field: string
  readonly from: string | null
  readonly to: string | null
}
interface RawHistory {
  readonly id: string
  readonly created: string
  readonly items: readonly RawItem[]
}
interface RawIssue {
  readonly id: string
  readonly key: string
  readonly changelog: { readonly histories: readonly RawHistory[] }
}

const table = <Row>(name: string) => (hasSharedData ? (devlake(name) as unknown as Row[]) : [])
const issues = [...table<RawIssue>('api_issues'), ...table<RawIssue>('external_epics')]

function whole(json: unknown, fields = FIELDS): Extract<IssueReading, { kind: 'issue' }> {
  const reading = readIssue(json, fields, FETCHED_RANK)
  if (reading.kind === 'partial') throw new Error(reading.missing)
  return reading
}

const factOf = (key: string) => whole(issues.find((issue) => issue.key === key)).issue

function changesOf(issueId: string, histories: readonly RawHistory[]) {
  const read = histories.map((history) => jiraHistory.parse(history))
  return readHistories(issueId, read, FIELDS)?.changes ?? []
}

function historyOf(json: RawIssue): IssueHistory {
  const { issueId, createdAt, state } = whole(json).issue
  const changes = sortChanges(changesOf(json.id, json.changelog.histories))
  return { issueId, createdAt, deletedAt: null, current: state, changes }
}

/** The changes of one field, read from the raw answer by another hand: text is cut, nothing is looked up. */
function rawChanges<T>(histories: readonly RawHistory[], field: string, value: (text: string) => T) {
  return histories
    .flatMap(({ id, created, items }) =>
      items
        .filter((item) => item.field === field)
        .map(({ from, to }) => ({
          changeId: id,
          at: Temporal.Instant.from(created).epochMilliseconds,
          from: value(from ?? ''),
          to: value(to ?? ''),
        })),
    )
    .sort((a, b) => a.at - b.at)
}

const sprintList = (text: string) =>
  text === '' ? [] : text.split(', ').map((id) => Number.parseInt(id, 10))
const byTime = (a: { at: number; changeId: string }, b: { at: number; changeId: string }) =>
  a.at - b.at || Number(a.changeId) - Number(b.changeId)

describe.skipIf(!hasSharedData)('every issue of a real site', () => {
  it('is read as a whole', () => {
    expect(issues).toHaveLength(36)
    for (const issue of issues) {
      const { issue: fact, status } = whole(issue)
      expect([fact.issueId, fact.state.key]).toEqual([issue.id, issue.key])
      expect(fact.version).toEqual({ at: expect.any(Number) as number, rank: FETCHED_RANK })
      expect(fact.createdAt).toBeLessThanOrEqual(fact.version.at)
      expect(status?.statusId).toBe(fact.state.statusId)
      expect(JSON.stringify(fact)).not.toContain('\\u0000')
    }
  })

  it('has the sprint changes that its raw answer has, and no other', () => {
    let found = 0
    for (const { id, changelog } of issues) {
      const raw = rawChanges(changelog.histories, 'Sprint', sprintList)
      const read = changesOf(id, changelog.histories).filter(({ field }) => field === 'sprint')
      expect(read).toEqual(raw.map((change) => ({ field: 'sprint', ...change })))
      found += raw.length
    }
    expect(found).toBe(21)
  })

  it('has the status changes that its raw answer has, and no other', () => {
    let found = 0
    for (const { id, changelog } of issues) {
      const raw = rawChanges(changelog.histories, 'status', (text) => text).sort(byTime)
      const read = changesOf(id, changelog.histories).filter(({ field }) => field === 'status')
      expect([...read].sort(byTime)).toEqual(raw.map((change) => ({ field: 'status', ...change })))
      found += raw.length
    }
    expect(found).toBe(165)
  })

  it('is found again, by rewinding, in every status and every sprint its history names', () => {
    for (const issue of issues) {
      const history = historyOf(issue)
      for (const [index, change] of history.changes.entries()) {
        const isLastOfInstant = history.changes[index + 1]?.at !== change.at
        if (!isLastOfInstant) continue
        const state = issueAsOf(history, change.at, new Map())
        const before = issueAsOf(history, change.at - 1, new Map())
        if (change.field === 'status')
          expect([before?.statusId, state?.statusId]).toEqual([change.from, change.to])
        if (change.field === 'sprint')
          expect([before?.sprintIds, state?.sprintIds]).toEqual([change.from, change.to])
      }
    }
  })

  it('carried through ten sprints has been in each of them', () => {
    const histories = table<RawHistory>('api_issue_changelogs')
    const sprintChanges = changesOf('13954', histories).filter(({ field }) => field === 'sprint')
    expect(sprintChanges.map(({ changeId, at, from, to }) => ({ changeId, at, from, to }))).toEqual(
      rawChanges(histories, 'Sprint', sprintList),
    )
    const carried = sprintChanges.filter(({ changeId }) => changeId !== '57283')
    expect(carried).toHaveLength(11)
    expect(carried.at(-2)).toMatchObject({ to: [38, 40, 41, 42, 43, 46, 47, 50, 57, 60] })
    expect(carried.at(-1)).toMatchObject({ to: [38, 40, 41, 42, 43, 46, 47, 50, 57] })
  })
})

describe.skipIf(!hasSharedData)('an issue of a real site', () => {
  it('is in the sprints of its field, which are objects there', () => {
    expect(factOf('EE-17').state.sprintIds).toEqual([17])
    expect(factOf('EE-19').state.sprintIds).toEqual([])
    expect(whole(issues.find(({ key }) => key === 'K5-2')).sprints).toMatchObject([
      { sprintId: 175, state: 'active' },
    ])
  })

  it('has points where its estimate is a number from nought up', () => {
    expect(['EE-2', 'EE-1', 'EE-3'].map((key) => factOf(key).state.points)).toEqual([2, null, null])
  })

  it('knows its level and what is above it, by id where Jira says so', () => {
    expect(factOf('EE-25').state).toMatchObject({ level: -1, parentId: '10063', parentKey: null })
    expect(factOf('K5-2').state).toMatchObject({ level: 0, parentId: '20707', parentKey: null })
    expect(factOf('K5-4').state).toMatchObject({ level: 1, parentId: null, parentKey: null })
    expect(historyOf(issues.find(({ key }) => key === 'K5-3')!).changes).toMatchObject([
      { field: 'parent', from: null, to: '20710', changeId: '422895' },
      { field: 'parent', from: null, to: '20710', changeId: '422897' },
    ])
  })

  it('has the category its id says where key and id disagree: the site’s catalogue says so too', () => {
    const raw = issues.filter((issue) => JSON.stringify(issue).includes('"id":3,"key":"new"'))
    expect(raw.map(({ key }) => key)).toEqual(['EE-1', 'EE-10', 'EE-35', 'EE-36', 'EE-37'])
    const catalogue = jiraStatuses.parse(table('api_status'))
    for (const { key } of issues) {
      const { statusId, statusCategory } = factOf(key).state
      expect(statusCategory).toBe(catalogue.find((status) => status.statusId === statusId)?.category)
    }
  })

  it('is read with a resolution in the language of its site', () => {
    expect(factOf('EE-2').state.resolution?.name).toBe('完成')
    expect(factOf('EE-24').state.resolution).toMatchObject({ name: "Won't Do" })
  })

  it('is kept without the NUL in its summary', () => {
    const raw = JSON.stringify(issues.find(({ key }) => key === 'EE-4'))
    expect(raw).toContain('\\u0000')
    expect(factOf('EE-4').state.summary).not.toContain('\0')
    expect(factOf('EE-4').state.summary.length).toBeGreaterThan(0)
  })
})

describe.skipIf(!hasSharedData)('sprints', () => {
  it('of a real board are read with their dates, all of them closed', () => {
    const raw = table<Record<string, string>>('api_sprints')
    const sprints = raw.map((sprint) => jiraSprint.parse(sprint))
    expect(sprints).toHaveLength(30)
    for (const [index, sprint] of sprints.entries()) {
      expect(sprint.state).toBe('closed')
      expect(new Date(sprint.startAt!).toISOString()).toBe(raw[index]!['startDate'])
      expect(new Date(sprint.completeAt!).toISOString()).toBe(raw[index]!['completeDate'])
    }
    expect(Map.groupBy(sprints, ({ boardId }) => boardId).get(8)).toHaveLength(29)
  })

  it('of an older Jira have offsets with a colon, and no dates while they are to come', () => {
    const { values } = goJira('sprints') as { values: unknown[] }
    const sprints = values.map((sprint) => jiraSprint.parse(sprint))
    expect(sprints.map(({ sprintId, state }) => [sprintId, state])).toEqual([
      [740, 'closed'],
      [776, 'closed'],
      [807, 'closed'],
      [832, 'active'],
      [845, 'future'],
      [846, 'future'],
    ])
    expect(sprints[0]).toMatchObject({
      completeAt: Date.parse('2016-04-28T12:08:48.543Z'),
      boardId: 734,
      goal: '',
    })
    expect(sprints[5]).toMatchObject({ startAt: null, endAt: null, completeAt: null, goal: 'My Goal' })
  })
})

describe.skipIf(!hasSharedData)('an issue in a sprint of an older Jira', () => {
  const issue = hasSharedData ? (goJira('issues_in_sprint') as { issues: unknown[] }).issues[0] : null

  it('has its points, its classic epic by key and its person by key', () => {
    const fields: SiteFields = {
      sprint: null,
      points: [{ id: 'customfield_10105', name: 'Story Points' }],
      numbers: [],
      flag: null,
      epicLink: { id: 'customfield_10700', name: 'Epic Link' },
      keyResult: null,
      blocks: null,
    }
    expect(whole(issue, fields).issue).toMatchObject({
      issueId: '12338',
      state: {
        key: 'AR-86',
        points: 13,
        parentId: null,
        parentKey: 'AR-37',
        statusCategory: 'new',
        resolution: { id: '6', name: 'Done' },
        assigneeId: 'mister.norwood',
        sprintIds: [],
      },
    })
  })
})
