import type { EpochMs } from '../../src/domain/time.ts'

export const STATUS = {
  toDo: { id: '10000', name: 'To Do', statusCategory: { id: 2, key: 'new' } },
  inProgress: { id: '10001', name: 'In Progress', statusCategory: { id: 4, key: 'indeterminate' } },
  done: { id: '10002', name: 'Done', statusCategory: { id: 3, key: 'done' } },
} as const

/** Of `UPDATED_ISSUE_FIELDS`: what `connect` would have found on the site these events come from. */
export const POINTS_FIELD = { id: 'customfield_10016', name: 'Story point estimate' }

export interface UpdatedIssue {
  readonly number: number
  readonly labels: readonly string[]
  readonly status: keyof typeof STATUS
  readonly points: number | null
  readonly level: 0 | 1
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
  readonly changelogId: number
  readonly items: readonly object[]
}

/** Fields a site has and this issue does not fill: a third of a real body. */
const EMPTY_FIELDS = Object.fromEntries(
  Array.from({ length: 48 }, (_, index) => [`customfield_${10_100 + index}`, null]),
)
const SITE = 'https://bench.atlassian.example'
const DESCRIPTION =
  'As a customer I want to pay with what I have at hand, so that I do not leave the checkout to look for a card. ' +
  'The order must survive a page that is closed half way, and the receipt names what was really paid. '

/** The body of a `jira:issue_updated` as Jira Cloud writes it: between five and six kilobytes. */
export function issueUpdated(issue: UpdatedIssue): string {
  const { number, updatedAt, changelogId, items } = issue
  const id = issueIdOf(number)
  return JSON.stringify({
    timestamp: updatedAt,
    webhookEvent: 'jira:issue_updated',
    issue_event_type_name: 'issue_generic',
    user: person('5b10ac8d82e05b22cc7d4ef5', 'Mia Krystof'),
    issue: { id, self: `${SITE}/rest/api/2/${id}`, key: `BENCH-${number}`, fields: fieldsOf(issue) },
    changelog: { id: String(changelogId), items },
  })
}

/** The id of an issue by the number in its key. */
export function issueIdOf(number: number): string {
  return String(500_000 + number)
}

export function statusItem(from: keyof typeof STATUS, to: keyof typeof STATUS): object {
  return {
    field: 'status',
    fieldtype: 'jira',
    fieldId: 'status',
    from: STATUS[from].id,
    fromString: STATUS[from].name,
    to: STATUS[to].id,
    toString: STATUS[to].name,
  }
}

export function pointsItem(from: number | null, to: number): object {
  return {
    field: POINTS_FIELD.name,
    fieldtype: 'custom',
    fieldId: POINTS_FIELD.id,
    from: null,
    fromString: from === null ? '' : String(from),
    to: null,
    toString: String(to),
  }
}

export function summaryItem(): object {
  const text = { from: null, fromString: 'Pay with a phone', to: null, toString: 'Pay by phone' }
  return { field: 'summary', fieldtype: 'jira', fieldId: 'summary', ...text }
}

function fieldsOf({ number, labels, status, points, level, createdAt, updatedAt }: UpdatedIssue): object {
  const { statusCategory, ...stage } = STATUS[status]
  const isDone = status === 'done'
  return {
    statuscategorychangedate: instant(updatedAt),
    issuetype: {
      self: `${SITE}/rest/api/2/issuetype/${level === 1 ? 10_000 : 10_001}`,
      id: level === 1 ? '10000' : '10001',
      description: 'Functionality or a feature expressed as a user goal.',
      iconUrl: `${SITE}/rest/api/2/universal_avatar/view/type/issuetype/avatar/10315?size=medium`,
      name: level === 1 ? 'Epic' : 'Story',
      subtask: false,
      avatarId: 10_315,
      hierarchyLevel: level,
    },
    project: {
      self: `${SITE}/rest/api/2/project/10000`,
      id: '10000',
      key: 'BENCH',
      name: 'Benchmarks',
      projectTypeKey: 'software',
      simplified: false,
      avatarUrls: avatars(`${SITE}/rest/api/2/universal_avatar/view/type/project/avatar/10400`),
    },
    summary: `Pay by phone (${number})`,
    description: DESCRIPTION,
    status: {
      self: `${SITE}/rest/api/2/status/${stage.id}`,
      description: '',
      iconUrl: `${SITE}/`,
      ...stage,
      statusCategory: { self: `${SITE}/rest/api/2/statuscategory/${statusCategory.id}`, ...statusCategory },
    },
    resolution: isDone ? { self: `${SITE}/rest/api/2/resolution/10000`, id: '10000', name: 'Done' } : null,
    resolutiondate: isDone ? instant(updatedAt) : null,
    priority: {
      self: `${SITE}/rest/api/2/priority/3`,
      iconUrl: `${SITE}/medium.svg`,
      name: 'Medium',
      id: '3',
    },
    labels,
    assignee: person('5b10ac8d82e05b22cc7d4ef5', 'Mia Krystof'),
    creator: person('5b10a2844c20165700ede21g', 'Emma Richards'),
    reporter: person('5b10a2844c20165700ede21g', 'Emma Richards'),
    watches: { self: `${SITE}/rest/api/2/issue/BENCH-${number}/watchers`, watchCount: 1, isWatching: false },
    created: instant(createdAt),
    updated: instant(updatedAt),
    ...EMPTY_FIELDS,
    [POINTS_FIELD.id]: points,
    customfield_10019: `0|i${number.toString(36).padStart(5, '0')}:`,
    components: [],
    fixVersions: [],
    issuelinks: [],
    subtasks: [],
  }
}

function person(accountId: string, displayName: string): object {
  return {
    self: `${SITE}/rest/api/2/user?accountId=${accountId}`,
    accountId,
    avatarUrls: avatars(`https://avatar-management--avatars.example/initials/${accountId.slice(-2)}`),
    displayName,
    active: true,
    timeZone: 'Europe/Berlin',
    accountType: 'atlassian',
  }
}

function avatars(url: string): object {
  return {
    '48x48': `${url}-48.png`,
    '24x24': `${url}-24.png`,
    '16x16': `${url}-16.png`,
    '32x32': `${url}-32.png`,
  }
}

function instant(at: EpochMs): string {
  return new Date(at).toISOString().replace('Z', '+0000')
}
