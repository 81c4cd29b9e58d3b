/** Webhooks of our own making in Jira's shape; the real ones are in the shared data. */
export interface IssueEvent {
  readonly id: number
  readonly at: string
  readonly created?: string
  readonly key?: string
  readonly summary?: string
  readonly labels?: readonly string[]
  readonly status?: 'to_do' | 'in_progress' | 'done'
  readonly resolution?: { id: string; name: string } | null
  readonly points?: number | null
  readonly parentId?: number | null
  readonly level?: 1 | 0 | -1
  readonly sprints?: readonly { id: number; name: string; state: string; boardId: number }[]
  readonly projectId?: string
  readonly changelog?: { readonly id: number; readonly items: readonly object[] }
}

export const STATUSES = {
  to_do: { id: '1', name: '待办', statusCategory: { id: 2, key: 'new' } },
  in_progress: { id: '3', name: '进行中', statusCategory: { id: 4, key: 'indeterminate' } },
  done: { id: '10002', name: '已完成', statusCategory: { id: 3, key: 'done' } },
}

const POINTS_FIELD = 'customfield_10016'

/** `jira:issue_updated`, or `jira:issue_created` when no changelog is given. */
export function issueEvent(issue: IssueEvent): object {
  const { id, at, created = '2026-10-01T09:00:00.000+0000', status = 'to_do', level = 0 } = issue
  return {
    timestamp: Date.parse(at),
    webhookEvent: issue.changelog === undefined ? 'jira:issue_created' : 'jira:issue_updated',
    issue: {
      id: String(id),
      key: issue.key ?? `WEB-${id}`,
      fields: {
        summary: issue.summary ?? `Issue ${id}`,
        created,
        updated: at,
        status: STATUSES[status],
        issuetype: { subtask: level === -1, hierarchyLevel: level, name: 'Story' },
        project: { id: issue.projectId ?? '10000', key: 'WEB' },
        resolution: issue.resolution ?? null,
        labels: issue.labels ?? [],
        parent: issue.parentId == null ? undefined : { id: String(issue.parentId) },
        [POINTS_FIELD]: issue.points ?? null,
        customfield_10020: issue.sprints ?? null,
      },
    },
    ...(issue.changelog === undefined
      ? {}
      : { changelog: { id: String(issue.changelog.id), items: issue.changelog.items } }),
  }
}

export function statusItem(from: keyof typeof STATUSES, to: keyof typeof STATUSES): object {
  return {
    field: 'status',
    fieldId: 'status',
    from: STATUSES[from].id,
    fromString: STATUSES[from].name,
    to: STATUSES[to].id,
    toString: STATUSES[to].name,
  }
}

export function labelsItem(from: readonly string[], to: readonly string[]): object {
  return {
    field: 'labels',
    fieldId: 'labels',
    from: null,
    fromString: from.join(' '),
    to: null,
    toString: to.join(' '),
  }
}
