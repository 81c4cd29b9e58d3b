import fc from 'fast-check'
import type { JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import type { JiraHistory } from '../../src/demo/jira-simulator/site/jira-history.ts'
import {
  plainSite,
  PLAIN_RESOLUTION,
  PLAIN_STATUS,
  PLAIN_TYPE,
} from '../../src/demo/jira-simulator/site/plain-site.ts'

/** One thing a person does in Jira; numbers choose among what is there at the time. */
export interface Act {
  readonly what: (typeof ACTS)[number]
  readonly which: number
  readonly value: number
}

const ACTS = [
  'create_story',
  'create_story',
  'create_epic',
  'create_subtask',
  'relabel',
  'estimate',
  'transition',
  'transition',
  'change_parent',
  'move_to_sprint',
  'create_sprint',
  'start_sprint',
  'close_sprint',
  'rename_sprint',
  'move_project',
  'delete_issue',
  'link',
  'unlink',
] as const

export const randomPlay: fc.Arbitrary<Act[]> = fc.array(
  fc.record({ what: fc.constantFrom(...ACTS), which: fc.nat(1000), value: fc.nat(1000) }),
  { minLength: 15, maxLength: 60 },
)

export const randomSite = (): JiraHistory =>
  plainSite({
    projects: [
      { key: 'WEB', name: 'Web' },
      { key: 'APP', name: 'App' },
    ],
  })

const LABELS = [[], ['KR-1'], ['kr:2'], ['KR-1', 'KR-2'], ['kr:none'], ['unrelated']]
const STATUSES = Object.values(PLAIN_STATUS)
const START = Date.parse('2026-10-05T08:00:00Z')

/** Plays the acts, one a working hour; an act that nothing is there for is left out. */
export function playRandomly(jira: JiraSimulator, play: readonly Act[]): void {
  const stories: string[] = []
  const epics: string[] = []
  const sprints: { id: number; state: 'future' | 'active' | 'closed' }[] = []
  const gone = new Set<string>()
  const links: { id: string; ends: readonly string[] }[] = []
  play.forEach(({ what, which, value }, hour) => {
    const at = START + hour * 3_600_000
    const live = stories.filter((key) => !gone.has(key))
    const story = live[which % live.length]
    const epic = epics[which % epics.length]
    const open = sprints.filter(({ state }) => state !== 'closed')
    const labels = LABELS[value % LABELS.length]!
    switch (what) {
      case 'create_story':
        stories.push(
          jira.createIssue({
            at,
            projectKey: value % 5 === 0 ? 'APP' : 'WEB',
            summary: `Story ${hour}`,
            labels,
            points: value % 4 === 0 ? null : value % 9,
            parent: which % 2 === 0 ? (epic ?? null) : null,
          }).key,
        )
        break
      case 'create_epic':
        epics.push(
          jira.createIssue({
            at,
            projectKey: 'WEB',
            summary: `Epic ${hour}`,
            typeId: PLAIN_TYPE.epic,
            labels,
          }).key,
        )
        break
      case 'create_subtask':
        if (story !== undefined)
          jira.createIssue({
            at,
            projectKey: story.split('-')[0]!,
            summary: 'Sub',
            typeId: PLAIN_TYPE.subtask,
            parent: story,
          })
        break
      case 'relabel':
        jira.editIssue((value % 3 === 0 ? epic : story) ?? story ?? epic ?? newStory(jira, at, stories), {
          at,
          labels,
        })
        break
      case 'estimate':
        if (story !== undefined) jira.editIssue(story, { at, points: value % 7 === 0 ? null : value % 13 })
        break
      case 'transition':
        if (story !== undefined) {
          const statusId = STATUSES[value % STATUSES.length]!
          const wontDo = statusId === PLAIN_STATUS.done && value % 3 === 0
          jira.transition(story, {
            at,
            statusId,
            ...(wontDo ? { resolutionId: PLAIN_RESOLUTION.wontDo } : {}),
          })
        }
        break
      case 'change_parent':
        if (story !== undefined)
          jira.editIssue(story, { at, parent: value % 3 === 0 ? null : (epic ?? null) })
        break
      case 'move_to_sprint':
        if (story !== undefined) jira.moveToSprint(story, open[value % open.length]?.id ?? null, { at })
        break
      case 'create_sprint':
        sprints.push({ id: jira.createSprint({ at, boardId: 1, name: `Sprint ${hour}` }), state: 'future' })
        break
      case 'start_sprint': {
        const sprint = sprints.find(({ state }) => state === 'future')
        if (sprint === undefined) break
        jira.startSprint(sprint.id, { at, endAt: at + 10 * 86_400_000 })
        sprint.state = 'active'
        break
      }
      case 'close_sprint': {
        const sprint = sprints.find(({ state }) => state === 'active')
        if (sprint === undefined) break
        const next = sprints.find(({ state }) => state === 'future')
        jira.closeSprint(sprint.id, { at, carryOverTo: next?.id ?? null })
        sprint.state = 'closed'
        break
      }
      case 'rename_sprint':
        if (open.length > 0) jira.updateSprint(open[value % open.length]!.id, { at, name: `Renamed ${hour}` })
        break
      case 'move_project':
        if (story !== undefined) {
          const { key } = jira.moveIssue(story, { at, projectKey: story.startsWith('WEB') ? 'APP' : 'WEB' })
          stories[stories.indexOf(story)] = key
        }
        break
      case 'delete_issue':
        if (story !== undefined && value % 2 === 0) {
          jira.deleteIssue(story, { at })
          gone.add(story)
        }
        break
      case 'link': {
        const other = live[value % live.length]
        if (story === undefined || other === undefined || story === other) break
        const type = value % 4 === 0 ? 'Relates' : 'Blocks'
        const ends = [story, other].map((key) => jira.issue(key).id)
        links.push({ id: jira.linkIssues(story, other, { at, type }).id, ends })
        break
      }
      case 'unlink': {
        const lasting = links.filter(({ ends }) =>
          ends.every((id) => live.some((key) => jira.issue(key).id === id)),
        )
        const link = lasting[which % lasting.length]
        if (link === undefined) break
        jira.unlinkIssues(link.id, { at })
        links.splice(links.indexOf(link), 1)
        break
      }
    }
  })
}

function newStory(jira: JiraSimulator, at: number, stories: string[]): string {
  const { key } = jira.createIssue({ at: at - 1, projectKey: 'WEB', summary: 'First story' })
  stories.push(key)
  return key
}
