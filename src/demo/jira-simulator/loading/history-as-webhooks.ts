import type { EpochMs } from '../../../domain/time.ts'
import { createCatalogue } from '../site/catalogue.ts'
import { valuesOverTime } from '../site/field-values.ts'
import { asParent, type IssueSurroundings, type IssueView } from '../site/issue-json.ts'
import type {
  ChangelogEntry,
  IssueValues,
  JiraHistory,
  StoredIssue,
  StoredSprint,
} from '../site/jira-history.ts'
import { sprintAsOf, type SprintForm } from '../site/sprint-json.ts'
import { issueEvent, sprintEvent, type WebhookEvent } from '../webhooks/webhook-event.ts'

/**
 * A whole history as the webhooks Jira would have sent, in order of time: each issue's creation with the values it was
 * born with, one `jira:issue_updated` per changelog entry with the issue as it was right after it, and each sprint's
 * creation, start (as update and as start) and close. Sprints inside issues are as they were at that moment too.
 *
 * The bodies are made one by one while iterating, so that a long history costs no memory.
 */
export function* historyAsWebhooks(
  history: JiraHistory,
  options: { readonly sprintForm?: SprintForm } = {},
): Generator<WebhookEvent> {
  const moments = [...issueMoments(history, options.sprintForm ?? 'objects'), ...sprintMoments(history)]
  moments.sort((a, b) => a.at - b.at || a.rank - b.rank)
  for (const moment of moments) yield moment.event()
}

interface Moment {
  readonly at: EpochMs
  /** Decides between events of one instant: sprints first, then Jira's own order. */
  readonly rank: number
  event(): WebhookEvent
}

function issueMoments(history: JiraHistory, sprintForm: SprintForm): Moment[] {
  const catalogue = createCatalogue(history)
  const sprints = new Map(history.sprints.map((sprint) => [sprint.id, sprint]))
  const { site, issues, outsideIssues } = history

  const aroundAt = (at: EpochMs): IssueSurroundings => ({
    profile: site,
    catalogue,
    sprintForm,
    sprint(id) {
      const sprint = sprints.get(id)
      return sprint === undefined ? undefined : sprintAsOf(sprint, at)
    },
    linksOf: () => [],
    parent(id) {
      const position = issues.find(id)
      return position === undefined
        ? (outsideIssues.get(id) ?? null)
        : asParent(issues.at(position), catalogue)
    },
  })

  const momentsOf = (issue: StoredIssue): Moment[] => {
    let known: IssueValues[] | undefined
    const stateAfter = (count: number) => {
      known ??= valuesOverTime(issue, { fieldIds: site.fieldIds, fields: history.fields })
      return known[count]!
    }
    const viewAt = (count: number, at: EpochMs): IssueView => ({
      values: stateAfter(count),
      updatedAt: at,
      version: 2,
      only: null,
    })
    const created: Moment = {
      at: issue.createdAt,
      rank: 1,
      event() {
        const at = issue.createdAt
        const details = { at, user: issue.creator, typeName: 'issue_created', changelog: null }
        return issueEvent('jira:issue_created', issue, viewAt(0, at), details, aroundAt(at))
      },
    }
    const updates = issue.histories.map((entry, index): Moment => ({
      at: entry.at,
      rank: Number(entry.id),
      event() {
        const { id, at, author: user, items } = entry
        const details = { at, user, typeName: typeNameOf(entry), changelog: { id, items } }
        return issueEvent('jira:issue_updated', issue, viewAt(index + 1, at), details, aroundAt(at))
      },
    }))
    return [created, ...updates]
  }

  return Array.from({ length: issues.count }, (_, position) => momentsOf(issues.at(position))).flat()
}

function sprintMoments(history: JiraHistory): Moment[] {
  const { baseUrl } = history.site
  const moment = (
    name: Parameters<typeof sprintEvent>[0],
    sprint: StoredSprint,
    at: EpochMs,
    oldValue: StoredSprint | null = null,
  ): Moment => ({
    at,
    rank: 0,
    event: () => sprintEvent(name, sprintAsOf(sprint, at), at, baseUrl, oldValue),
  })

  return history.sprints.flatMap((sprint) => {
    const { createdAt, startAt, completeAt, state } = sprint
    const moments = [moment('sprint_created', sprint, createdAt)]
    if (state !== 'future' && startAt !== null) {
      moments.push(
        moment('sprint_updated', sprint, startAt, sprintAsOf(sprint, startAt - 1)),
        moment('sprint_started', sprint, startAt),
      )
    }
    if (completeAt !== null) moments.push(moment('sprint_closed', sprint, completeAt))
    return moments
  })
}

function typeNameOf(entry: ChangelogEntry): string {
  const fields = new Set(entry.items.map((item) => item.fieldId ?? item.field))
  if (fields.has('Key')) return 'issue_moved'
  if (fields.has('status')) return 'issue_generic'
  return fields.size === 1 && fields.has('assignee') ? 'issue_assigned' : 'issue_updated'
}
