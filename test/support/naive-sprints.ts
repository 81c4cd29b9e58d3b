import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { sharedData } from './shared-data.ts'

/**
 * A second, simple-minded derivation of what sprints took on and what came of them, straight from the raw rows that
 * Jira's REST API gave: walks every changelog forwards, second by second if need be, and shares no code with the
 * service. Slow and plain on purpose.
 */
export interface NaiveSprint {
  readonly id: number
  readonly committed: readonly string[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly completed: readonly string[]
  readonly notCompleted: readonly string[]
  readonly carriedOver: readonly (readonly [issueId: string, into: number])[]
}

interface Item {
  readonly field: string
  readonly from: string | null
  readonly to: string | null
  readonly fromString: string | null
  readonly toString: string | null
}
interface History {
  readonly id: string
  readonly created: string
  readonly items: readonly Item[]
}
interface Named {
  readonly id?: string
  readonly name?: string
  readonly subtask?: boolean
  readonly hierarchyLevel?: number
  readonly statusCategory?: { readonly key: string }
}
interface Issue {
  readonly id: string
  readonly fields: {
    readonly created: string
    readonly status: Named
    readonly resolution: Named | null
    readonly issuetype: Named
    readonly customfield_10020?: readonly { readonly id: number }[] | null
  }
  readonly changelog: { readonly histories: readonly History[] }
}
interface RawSprint {
  readonly id: number
  readonly state: string
  readonly startDate: string
  readonly completeDate: string
}

const rows = (file: string) =>
  parse<{ data: string; input: string }>(readFileSync(sharedData('rest', 'devlake', file), 'utf8'), {
    columns: true,
    skip_empty_lines: true,
  })
const data = <Row>(file: string) => rows(file).map((row) => JSON.parse(row.data) as Row)

const NOTHING_DELIVERED = /won.?t|duplicate|reproduce|declined|rejected|不做|重复|拒绝|无效|取消/i

/** One field of an issue over time: what it was before its first change, and what it became when. */
interface Track {
  readonly atFirst: string
  readonly turns: readonly { readonly at: number; readonly to: string }[]
}

interface PlainIssue {
  readonly id: string
  readonly bornAt: number
  readonly sprints: Track
  readonly status: Track
  readonly resolution: Track
}

/** Every closed sprint of the recorded site. */
export function naiveSprints(): NaiveSprint[] {
  const isDoneStatus = new Map(
    data<Named>('_raw_jira_api_status.csv').map(({ id, statusCategory }) => [
      id,
      statusCategory?.key === 'done',
    ]),
  )
  const issues = plainIssues()
  const isDone = (issue: PlainIssue, at: number) => {
    const resolution = valueAt(issue.resolution, at)
    // Status 5, Resolved, is gone from the site: an issue was done in it when it had a resolution.
    const isClosed = isDoneStatus.get(valueAt(issue.status, at)) ?? resolution !== ''
    return isClosed && !NOTHING_DELIVERED.test(resolution)
  }
  return data<RawSprint>('_raw_jira_api_sprints.csv')
    .filter(({ state }) => state === 'closed')
    .map((sprint) => {
      const start = Date.parse(sprint.startDate)
      const end = Math.max(start, Date.parse(sprint.completeDate))
      const isIn = (issue: PlainIssue, at: number) =>
        at >= issue.bornAt && sprintsAt(issue, at).includes(sprint.id)
      const instants = (issue: PlainIssue) =>
        [start, issue.bornAt, ...issue.sprints.turns.map(({ at }) => at)].filter(
          (at) => at >= start && at <= end,
        )
      const seen = issues.filter((issue) => instants(issue).some((at) => isIn(issue, at)))
      const stayed = seen.filter((issue) => isIn(issue, end))
      const ids = (list: readonly PlainIssue[]) => list.map(({ id }) => id).sort()
      return {
        id: sprint.id,
        committed: ids(seen.filter((issue) => isIn(issue, start))),
        added: ids(seen.filter((issue) => !isIn(issue, start))),
        removed: ids(seen.filter((issue) => !isIn(issue, end))),
        completed: ids(stayed.filter((issue) => isDone(issue, end))),
        notCompleted: ids(stayed.filter((issue) => !isDone(issue, end))),
        carriedOver: stayed
          .filter((issue) => !isDone(issue, end))
          .flatMap((issue) => {
            const then = sprintsAt(issue, end)
            const next = sprintsAt(issue, end + 3_600_000).filter((id) => !then.includes(id))
            return next.length === 0 ? [] : [[issue.id, next.at(-1)!] as const]
          })
          .sort(),
      }
    })
}

function plainIssues(): PlainIssue[] {
  const known = [...data<Issue>('_raw_jira_api_issues.csv'), ...data<Issue>('_raw_jira_external_epics.csv')]
  const pages = new Map<string, History[]>()
  for (const row of rows('_raw_jira_api_issue_changelogs.csv')) {
    const id = String((JSON.parse(row.input) as { issue_id: number | string }).issue_id)
    if (known.some((issue) => issue.id === id)) continue
    pages.set(id, [...(pages.get(id) ?? []), JSON.parse(row.data) as History])
  }
  const stories = known.filter(
    ({ fields }) => fields.issuetype.subtask !== true && fields.issuetype.hierarchyLevel !== -1,
  )
  return [
    ...stories.map(({ id, fields, changelog }): PlainIssue => ({
      id,
      bornAt: Date.parse(fields.created),
      sprints: track(
        changelog.histories,
        'Sprint',
        (fields.customfield_10020 ?? []).map((sprint) => sprint.id).join(', '),
      ),
      status: track(changelog.histories, 'status', fields.status.id ?? ''),
      resolution: track(changelog.histories, 'resolution', fields.resolution?.name ?? '', 'names'),
    })),
    ...[...pages].map(([id, histories]): PlainIssue => ({
      id,
      bornAt: Math.min(...histories.map(({ created }) => Date.parse(created))) - 1_000,
      sprints: track(histories, 'Sprint', ''),
      status: track(histories, 'status', ''),
      resolution: track(histories, 'resolution', '', 'names'),
    })),
  ]
}

function track(
  histories: readonly History[],
  field: string,
  today: string,
  read: 'ids' | 'names' = 'ids',
): Track {
  const turns = histories
    .flatMap(({ id, created, items }) =>
      items
        .filter((item) => item.field === field)
        .map((item) => ({ id: Number(id), at: Date.parse(created), item })),
    )
    .sort((a, b) => a.at - b.at || a.id - b.id)
  const first = turns[0]?.item
  const before = read === 'ids' ? first?.from : first?.fromString
  return {
    atFirst: first === undefined ? today : (before ?? ''),
    turns: turns.map(({ at, item }) => ({
      at,
      to: (read === 'ids' ? item.to : item.toString) ?? '',
    })),
  }
}

function valueAt({ atFirst, turns }: Track, at: number): string {
  let value = atFirst
  for (const turn of turns) if (turn.at <= at) value = turn.to
  return value
}

function sprintsAt(issue: PlainIssue, at: number): number[] {
  return valueAt(issue.sprints, at)
    .split(',')
    .filter((text) => text.trim() !== '')
    .map(Number)
}
