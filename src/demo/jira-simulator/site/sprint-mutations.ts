import type { SprintId } from '../../../domain/ids.ts'
import type { EpochMs } from '../../../domain/time.ts'
import { issueEvent, sprintDeletedEvent, sprintEvent, type WebhookEvent } from '../webhooks/webhook-event.ts'
import { sprintItem } from './changelog-items.ts'
import { today } from './issue-json.ts'
import type { StoredIssue, StoredSprint } from './jira-history.ts'
import { updatedAt } from './jira-history.ts'
import type { Random } from './random.ts'
import type { RunningSite } from './running-site.ts'
import { actor, type Stamp } from './stamp.ts'

interface NewSprint extends Stamp {
  readonly boardId: number
  readonly name: string
  readonly goal?: string
}

interface SprintStart extends Stamp {
  readonly endAt: EpochMs
  readonly goal?: string
}

interface SprintEdit extends Stamp {
  readonly name?: string
  readonly goal?: string
  readonly startAt?: EpochMs
  readonly endAt?: EpochMs
}

interface SprintClose extends Stamp {
  /** Where unfinished issues go; null leaves them in the backlog. */
  readonly carryOverTo: SprintId | null
}

/** What people do to sprints, with the events and changelogs Jira makes of it. */
export interface SprintMutations {
  createSprint(sprint: NewSprint): SprintId
  /** Sends `sprint_updated` (future → active) and `sprint_started`. */
  startSprint(sprintId: SprintId, start: SprintStart): void
  updateSprint(sprintId: SprintId, edit: SprintEdit): void
  /**
   * Each unfinished issue that is carried over gets its own Sprint changelog 3 to 13 s after the completion, keeping
   * the closed sprint: "38" → "38, 40". Gives the ids of the issues carried over.
   */
  closeSprint(sprintId: SprintId, close: SprintClose): readonly string[]
  /** Its issues go to the backlog. */
  deleteSprint(sprintId: SprintId, stamp: Stamp): void
  /** Replaces the sprint an issue is in, unless that one is closed: closed sprints stay. Null is the backlog. */
  moveToSprint(issues: string | readonly string[], sprintId: SprintId | null, stamp: Stamp): void
}

export function createSprintMutations(site: RunningSite, random: Random): SprintMutations {
  const { sprints, around, history } = site
  const { baseUrl, fieldIds } = history.site

  const store = (sprint: StoredSprint): StoredSprint => {
    sprints.set(sprint.id, sprint)
    return sprint
  }

  const putInto = (
    issue: StoredIssue,
    sprintIds: readonly SprintId[],
    stamp: Stamp,
    flow: WebhookEvent['flow'],
  ): void => {
    if (issue.values.sprintIds.join() === sprintIds.join()) return
    const sprintsOf = (ids: readonly SprintId[]) => ids.map((id) => site.sprint(id))
    const items = [sprintItem(fieldIds.sprint, sprintsOf(issue.values.sprintIds), sprintsOf(sprintIds))]
    const by = actor(site, stamp)
    const recorded = site.record(issue, { at: stamp.at, by, values: { ...issue.values, sprintIds }, items })
    const { changelog } = recorded
    const user = site.catalogue.userJson(by)
    const details = { at: stamp.at, user, typeName: 'issue_updated', changelog, flow }
    site.emit(issueEvent('jira:issue_updated', recorded.issue, today(recorded.issue, 2), details, around))
  }

  const closedOnes = (issue: StoredIssue) =>
    issue.values.sprintIds.filter((id) => site.sprint(id).state === 'closed')

  return {
    createSprint({ boardId, name, goal, at }) {
      if (site.catalogue.board(boardId)?.type !== 'scrum') {
        throw new Error(`board ${boardId} is no scrum board of this site: it has no sprints`)
      }
      const sprint = store({
        id: Number(site.nextId('sprint')),
        name,
        state: 'future',
        goal: goal ?? '',
        originBoardId: boardId,
        boardIds: [boardId],
        createdAt: at,
        startAt: null,
        endAt: null,
        completeAt: null,
      })
      site.emit(sprintEvent('sprint_created', sprint, at, baseUrl))
      return sprint.id
    },

    startSprint(sprintId, { at, endAt, goal }) {
      const before = site.sprint(sprintId)
      expectState(before, 'future')
      const active = store({ ...before, state: 'active', startAt: at, endAt, goal: goal ?? before.goal })
      site.emit(sprintEvent('sprint_updated', active, at, baseUrl, before))
      site.emit(sprintEvent('sprint_started', active, at, baseUrl))
    },

    updateSprint(sprintId, { at, name, goal, startAt, endAt }) {
      const before = site.sprint(sprintId)
      const after = store({
        ...before,
        name: name ?? before.name,
        goal: goal ?? before.goal,
        startAt: startAt ?? before.startAt,
        endAt: endAt ?? before.endAt,
      })
      site.emit(sprintEvent('sprint_updated', after, at, baseUrl, before))
    },

    closeSprint(sprintId, { at, by, carryOverTo }) {
      const active = site.sprint(sprintId)
      expectState(active, 'active')
      const closed = store({ ...active, state: 'closed', completeAt: at })
      site.emit(sprintEvent('sprint_closed', closed, at, baseUrl))
      if (carryOverTo === null) return []
      const unfinished = issuesIn(site, sprintId).filter((issue) => isUnfinished(site, issue))
      for (const issue of unfinished) {
        const carriedAt = Math.max(at + random.between(3_000, 13_000), updatedAt(issue))
        const sprintIds = [...closedOnes(issue), site.sprint(carryOverTo).id]
        putInto(issue, sprintIds, { at: carriedAt, ...(by === undefined ? {} : { by }) }, 'Secondary')
      }
      return unfinished.map((issue) => issue.id)
    },

    deleteSprint(sprintId, stamp) {
      const sprint = site.sprint(sprintId)
      for (const issue of issuesIn(site, sprintId)) {
        putInto(
          issue,
          issue.values.sprintIds.filter((id) => id !== sprintId),
          stamp,
          'Secondary',
        )
      }
      sprints.delete(sprintId)
      site.emit(sprintDeletedEvent(sprint, stamp.at))
    },

    moveToSprint(names, sprintId, stamp) {
      for (const name of typeof names === 'string' ? [names] : names) {
        const issue = site.issue(name)
        const target = sprintId === null ? [] : [site.sprint(sprintId).id]
        const stayed = closedOnes(issue).filter((id) => id !== sprintId)
        putInto(issue, [...stayed, ...target], stamp, 'Primary')
      }
    },
  }
}

function expectState(sprint: StoredSprint, state: StoredSprint['state']): void {
  if (sprint.state !== state) {
    throw new Error(`sprint ${sprint.id} is ${sprint.state}: only a sprint that is ${state} can do this`)
  }
}

function issuesIn(site: RunningSite, sprintId: SprintId): StoredIssue[] {
  const issues: StoredIssue[] = []
  for (const slot of site.shelf.slotsBy('created')) {
    const issue = site.shelf.at(slot)
    if (issue.values.sprintIds.includes(sprintId)) issues.push(issue)
  }
  return issues
}

/** Sub-tasks follow their story without a changelog of their own. */
function isUnfinished(site: RunningSite, { values }: StoredIssue): boolean {
  if (site.catalogue.issueType(values.typeId).hierarchyLevel < 0) return false
  return site.catalogue.status(values.statusId).category !== 'done'
}
