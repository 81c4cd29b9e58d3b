import { issueDeletedEvent, issueEvent } from '../webhooks/webhook-event.ts'
import * as item from './changelog-items.ts'
import { bornWith, edited, epicKeyOf, resolutionAfter, subtasksOf, USUAL_FIELDS } from './issue-edits.ts'
import { today } from './issue-json.ts'
import type { IssueEdit, Move, NewIssue, Transition } from './issue-inputs.ts'
import type { ChangelogItem, IssueValues, StoredIssue } from './jira-history.ts'
import type { RunningSite } from './running-site.ts'
import { actor, type Stamp } from './stamp.ts'

/** What people do to issues. Each call changes the state, writes the changelog and emits the webhook Jira would send. */
export interface IssueMutations {
  createIssue(issue: NewIssue): { readonly id: string; readonly key: string }
  /** All changes of one call make one changelog entry. Values that stay as they are make none. */
  editIssue(issue: string, edit: IssueEdit): void
  transition(issue: string, transition: Transition): void
  moveIssue(issue: string, move: Move): { readonly key: string }
  /** Sub-tasks go with it. */
  deleteIssue(issue: string, stamp: Stamp): void
}

export function createIssueMutations(site: RunningSite): IssueMutations {
  const { catalogue, shelf, around, history } = site
  const { fieldIds } = history.site

  const change = (
    issue: StoredIssue,
    typeName: string,
    stamp: Stamp,
    values: IssueValues,
    items: ChangelogItem[],
  ) => {
    if (items.length === 0) return
    const by = actor(site, stamp)
    const recorded = site.record(issue, { at: stamp.at, by, values, items })
    const details = { at: stamp.at, user: catalogue.userJson(by), typeName, changelog: recorded.changelog }
    site.emit(issueEvent('jira:issue_updated', recorded.issue, today(recorded.issue, 2), details, around))
  }

  return {
    createIssue(input) {
      const project = catalogue.project(input.projectKey)
      const status = input.statusId ?? history.statuses.find(({ category }) => category === 'new')!.id
      const type = input.typeId ?? history.issueTypes.find(({ hierarchyLevel }) => hierarchyLevel === 0)!.id
      const by = actor(site, input)
      const parent = input.parent ? site.issue(input.parent) : null
      const issue: StoredIssue = {
        id: site.nextId('issue'),
        createdAt: input.at,
        creator: catalogue.userJson(by),
        formerKeys: [],
        isSynthesised: false,
        histories: [],
        values: {
          key: site.nextKey(project),
          projectId: project.id,
          typeId: type,
          statusId: catalogue.status(status).id,
          resolutionId: null,
          resolvedAt: null,
          priorityId: history.priorities[0]!.id,
          assigneeId: input.assigneeId ?? null,
          parentId: parent?.id ?? null,
          epicKey: epicKeyOf(site, parent),
          summary: input.summary,
          labels: input.labels ?? [],
          sprintIds: input.sprintId === undefined ? [] : [site.sprint(input.sprintId).id],
          more: {
            ...USUAL_FIELDS,
            description: input.description ?? null,
            [fieldIds.points]: input.points ?? null,
            ...input.custom,
          },
        },
      }
      shelf.put(issue)
      const items = bornWith(site, issue)
      const changelog = { id: site.nextId('history'), items }
      const details = { at: input.at, user: issue.creator, typeName: 'issue_created', changelog }
      site.emit(issueEvent('jira:issue_created', issue, today(issue, 2), details, around))
      return { id: issue.id, key: issue.values.key }
    },

    editIssue(name, edit) {
      const issue = site.issue(name)
      const { values, items } = edited(site, issue, edit)
      const typeName = items.every(({ field }) => field === 'assignee') ? 'issue_assigned' : 'issue_updated'
      change(issue, typeName, edit, values, items)
    },

    transition(name, transition) {
      const issue = site.issue(name)
      const from = catalogue.status(issue.values.statusId)
      const to = catalogue.status(transition.statusId)
      const resolutionId = resolutionAfter(site, issue.values, transition)
      const items: ChangelogItem[] = []
      if (resolutionId !== issue.values.resolutionId) {
        const resolution = (id: string | null) => (id === null ? null : catalogue.resolution(id))
        items.push(item.resolutionItem(resolution(issue.values.resolutionId), resolution(resolutionId)))
      }
      if (to.id !== from.id) items.push(item.statusItem(from, to))
      const resolvedAt =
        resolutionId === null
          ? null
          : resolutionId === issue.values.resolutionId
            ? issue.values.resolvedAt
            : transition.at
      const values = { ...issue.values, statusId: to.id, resolutionId, resolvedAt }
      change(issue, 'issue_generic', transition, values, items)
    },

    moveIssue(name, move) {
      const issue = site.issue(name)
      const from = catalogue.project(issue.values.projectId)
      const to = catalogue.project(move.projectKey)
      if (from.id === to.id) throw new Error(`${issue.values.key} is in ${to.key} already`)
      const statusId = move.statusId ?? issue.values.statusId
      const key = site.nextKey(to)
      const items = [item.projectItem(from, to)]
      if (statusId !== issue.values.statusId) {
        items.push(item.statusItem(catalogue.status(issue.values.statusId), catalogue.status(statusId)))
      }
      items.push(item.workflowItem(from, to), item.keyItem(issue.values.key, key))
      change(issue, 'issue_moved', move, { ...issue.values, key, projectId: to.id, statusId }, items)
      return { key }
    },

    deleteIssue(name, stamp) {
      const issue = site.issue(name)
      const subtasks = subtasksOf(site, issue)
      for (const gone of [...subtasks, issue]) {
        shelf.remove(gone.id)
        // Jira tells nobody of links that go with an issue.
        for (const link of around.linksOf(gone.id)) site.links.delete(link.id)
        for (const comment of site.comments.values()) {
          if (comment.issueId === gone.id) site.comments.delete(comment.id)
        }
        site.emit(issueDeletedEvent(gone, stamp.at, catalogue.userJson(actor(site, stamp)), around))
      }
    },
  }
}
