import {
  makeField,
  makeIssueType,
  makePriority,
  makeProject,
  makeResolution,
  makeStatus,
  NUMBER_SCHEMA,
  usualFields,
} from './default-catalogue.ts'
import { issueSeries, type FieldIds, type JiraHistory, type JiraUser } from './jira-history.ts'

export interface PlainSiteOptions {
  /** Stands in every `self`; never called. */
  readonly baseUrl?: string
  /** Each gets one scrum board. */
  readonly projects: readonly { readonly key: string; readonly name: string }[]
  readonly timeZone?: string
  readonly fieldIds?: Partial<FieldIds>
  /** A select field that holds KR keys. */
  readonly keyResultField?: { readonly id: string; readonly name: string }
  /** Fields that hold a number, beside the story points. */
  readonly numberFields?: readonly { readonly id: string; readonly name: string }[]
  /** The people of the site; the first one does what nobody else is said to do. */
  readonly users?: readonly JiraUser[]
}

export const PLAIN_STATUS = { toDo: '10000', inProgress: '3', inReview: '10001', done: '10002' } as const
export const PLAIN_RESOLUTION = {
  done: '10000',
  wontDo: '10001',
  duplicate: '10002',
  cannotReproduce: '10003',
} as const
export const PLAIN_TYPE = {
  epic: '10000',
  story: '10001',
  task: '10002',
  subtask: '10003',
  bug: '10004',
} as const

const USUAL_FIELD_IDS: FieldIds = {
  sprint: 'customfield_10020',
  points: 'customfield_10016',
  epicLink: 'customfield_10014',
}

/** A new Jira Cloud site: its catalogue, projects and boards, and no issues yet. */
export function plainSite(options: PlainSiteOptions): JiraHistory {
  const baseUrl = options.baseUrl ?? 'https://jira.example'
  const timeZone = options.timeZone ?? 'UTC'
  const fieldIds = { ...USUAL_FIELD_IDS, ...options.fieldIds }
  const account = { ...person('throughline-bot', 'Throughline', timeZone), accountType: 'app' as const }
  const projects = options.projects.map(({ key, name }, index) =>
    makeProject(baseUrl, String(10_000 + index), key, name),
  )
  const keyResultField = options.keyResultField && [
    makeField(options.keyResultField.id, options.keyResultField.name, {
      type: 'option',
      custom: 'com.atlassian.jira.plugin.system.customfieldtypes:select',
    }),
  ]
  const numberFields = (options.numberFields ?? []).map(({ id, name }) => makeField(id, name, NUMBER_SCHEMA))
  return {
    site: { baseUrl, account, fieldIds },
    statuses: [
      makeStatus(baseUrl, PLAIN_STATUS.toDo, 'To Do', 'new'),
      makeStatus(baseUrl, PLAIN_STATUS.inProgress, 'In Progress', 'indeterminate'),
      makeStatus(baseUrl, PLAIN_STATUS.inReview, 'In Review', 'indeterminate'),
      makeStatus(baseUrl, PLAIN_STATUS.done, 'Done', 'done'),
    ],
    resolutions: [
      makeResolution(baseUrl, PLAIN_RESOLUTION.done, 'Done'),
      makeResolution(baseUrl, PLAIN_RESOLUTION.wontDo, "Won't Do"),
      makeResolution(baseUrl, PLAIN_RESOLUTION.duplicate, 'Duplicate'),
      makeResolution(baseUrl, PLAIN_RESOLUTION.cannotReproduce, 'Cannot Reproduce'),
    ],
    priorities: [makePriority(baseUrl, '3', 'Medium'), makePriority(baseUrl, '2', 'High')],
    issueTypes: [
      makeIssueType(baseUrl, PLAIN_TYPE.story, 'Story', 0),
      makeIssueType(baseUrl, PLAIN_TYPE.epic, 'Epic', 1),
      makeIssueType(baseUrl, PLAIN_TYPE.task, 'Task', 0),
      makeIssueType(baseUrl, PLAIN_TYPE.bug, 'Bug', 0),
      makeIssueType(baseUrl, PLAIN_TYPE.subtask, 'Sub-task', -1),
    ],
    fields: [...usualFields(fieldIds), ...(keyResultField ?? []), ...numberFields],
    projects,
    boards: projects.map((project, index) => ({
      id: index + 1,
      name: `${project.key} board`,
      type: 'scrum',
      projectId: project.id,
      estimationFieldId: fieldIds.points,
    })),
    sprints: [],
    users: options.users ?? [
      person('mia-krystof', 'Mia Krystof', timeZone),
      person('lin-wei', '林薇', timeZone),
    ],
    issues: issueSeries([]),
    comments: [],
    outsideIssues: new Map(),
    lastIds: { issue: 10_000, history: 10_000, comment: 10_000 },
  }
}

/** A person of a site. */
function person(accountId: string, displayName: string, timeZone: string): JiraUser {
  return { accountId, displayName, active: true, timeZone, accountType: 'atlassian' }
}
