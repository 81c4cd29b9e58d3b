import type { EpochMs } from '../../../domain/time.ts'
import type { WebhookEvent } from '../webhooks/webhook-event.ts'
import { createCatalogue, type Catalogue } from './catalogue.ts'
import { asParent, type IssueSurroundings } from './issue-json.ts'
import { createIssueShelf, type IssueShelf } from './issue-shelf.ts'
import type {
  IssueValues,
  JiraHistory,
  ChangelogItem,
  Project,
  StoredComment,
  StoredIssue,
  StoredLink,
  StoredSprint,
} from './jira-history.ts'
import { updatedAt } from './jira-history.ts'
import type { SprintForm } from './sprint-json.ts'

/** The state of a running simulator: a history, what has happened since, and somebody who is told what happens. */
export interface RunningSite {
  readonly history: JiraHistory
  readonly catalogue: Catalogue
  readonly shelf: IssueShelf
  readonly sprints: Map<number, StoredSprint>
  /** By id, in order of creation. */
  readonly comments: Map<string, StoredComment>
  /** Links made since it runs, by id. */
  readonly links: Map<string, StoredLink>
  readonly around: IssueSurroundings
  /** The issue of an id or key; throws when there is none. */
  issue(idOrKey: string): StoredIssue
  sprint(id: number): StoredSprint
  nextId(kind: 'issue' | 'history' | 'comment' | 'sprint' | 'link'): string
  nextKey(project: Project): string
  /** Stores new values with the changelog entry that explains them. Throws when the site's time would run backwards. */
  record(issue: StoredIssue, change: RecordedChange): RecordedEntry
  emit(event: WebhookEvent): void
}

interface RecordedChange {
  readonly at: EpochMs
  readonly by: string
  readonly values: IssueValues
  readonly items: readonly ChangelogItem[]
}

interface RecordedEntry {
  readonly issue: StoredIssue
  readonly changelog: { readonly id: string; readonly items: readonly ChangelogItem[] }
}

export function createRunningSite(
  history: JiraHistory,
  sprintForm: SprintForm,
  emit: (event: WebhookEvent) => void,
): RunningSite {
  const catalogue = createCatalogue(history)
  const shelf = createIssueShelf(history.issues)
  const sprints = new Map(history.sprints.map((sprint) => [sprint.id, sprint]))
  const lastIds = { ...history.lastIds, sprint: Math.max(0, ...sprints.keys()), link: 10_000 }
  const links = new Map<string, StoredLink>()
  const lastNumbers = new Map<string, number>()

  const around: IssueSurroundings = {
    profile: history.site,
    catalogue,
    sprintForm,
    sprint: (id) => sprints.get(id),
    linksOf: (issueId) =>
      [...links.values()].filter(
        ({ sourceId, destinationId }) => sourceId === issueId || destinationId === issueId,
      ),
    parent(id) {
      const issue = shelf.get(id)
      return issue === undefined ? (history.outsideIssues.get(id) ?? null) : asParent(issue, catalogue)
    },
  }

  const nextId: RunningSite['nextId'] = (kind) => String(++lastIds[kind])

  return {
    history,
    catalogue,
    shelf,
    sprints,
    links,
    comments: new Map(history.comments.map((comment) => [comment.id, comment])),
    around,
    issue(idOrKey) {
      const issue = shelf.get(idOrKey)
      if (issue === undefined) throw new Error(`no issue ${idOrKey} on this site`)
      return issue
    },
    sprint(id) {
      const sprint = sprints.get(id)
      if (sprint === undefined) throw new Error(`no sprint ${id} on this site`)
      return sprint
    },
    nextId,
    nextKey(project) {
      let number = lastNumbers.get(project.key) ?? 0
      do number++
      while (shelf.get(`${project.key}-${number}`) !== undefined)
      lastNumbers.set(project.key, number)
      return `${project.key}-${number}`
    },
    record(issue, { at, by, values, items }) {
      if (at < updatedAt(issue)) {
        throw new Error(
          `${issue.values.key} was changed at ${updatedAt(issue)}: a change at ${at} would come before it`,
        )
      }
      const entry = { id: nextId('history'), at, author: catalogue.userJson(by), items }
      const formerKeys =
        values.key === issue.values.key ? issue.formerKeys : [...issue.formerKeys, issue.values.key]
      const changed = { ...issue, values, formerKeys, histories: [...issue.histories, entry] }
      shelf.put(changed)
      return { issue: changed, changelog: { id: entry.id, items } }
    },
    emit,
  }
}
