import type { SprintId } from '../domain/ids.ts'
import type { EpochMs } from '../domain/time.ts'
import type { JiraSimulator } from './jira-simulator/jira-simulator.ts'
import { plainSite, PLAIN_RESOLUTION, PLAIN_STATUS, PLAIN_TYPE } from './jira-simulator/site/plain-site.ts'

/** One moment of the story: what people do in Jira, or report to Throughline. */
export interface Moment {
  readonly at: EpochMs
  happen(
    jira: JiraSimulator,
    reportMinutesToPay: (value: number, note: string) => Promise<void>,
  ): Promise<void> | void
}

/** Monday of the first sprint, nine o'clock in Berlin. */
export const STORY_START = Date.parse('2026-10-05T09:00:00+02:00')

export const demoSite = () =>
  plainSite({ projects: [{ key: 'SHOP', name: 'Web shop' }], timeZone: 'Europe/Berlin' })

const EPICS = [
  { summary: 'New checkout', labels: ['KR-1'] },
  { summary: 'Search that finds', labels: ['kr:2'] },
]

const CHECKOUT: readonly (readonly [string, number | null])[] = [
  ['Address form that fills itself', 5],
  ['Pay with one tap', 8],
  ['Guest checkout', 5],
  ['Show delivery day before paying', 3],
  ['Save the basket across devices', 5],
  ['Vouchers in the new checkout', 3],
  ['Error messages people understand', 2],
  ['Invoice by e-mail', null],
  ['Switch off the old checkout', 8],
  ['Retry failed payments', 3],
]

const SEARCH = [
  'Umlauts and ß',
  'Typing errors',
  'Synonyms for shoes',
  'Sizes in the query',
  'Plural forms',
  'Brand names in Chinese',
  'Article numbers',
  'Colours as words',
]

/** Work that serves no key result: every sprint has some. */
const UNALIGNED = ['Upgrade the build', 'Tidy the admin pages']

const DAY_MS = 86_400_000
const at = (day: number, hour: number): EpochMs => STORY_START + day * DAY_MS + (hour - 9) * 3_600_000

/** Two sprints of a team, from planning to the second review. */
export function demoStory(jira: JiraSimulator): Moment[] {
  const sprints: SprintId[] = []
  const checkout: string[] = []
  const search: string[] = []
  const other: string[] = []
  const moments: Moment[] = []
  const on = (day: number, hour: number, happen: Moment['happen']) =>
    moments.push({ at: at(day, hour), happen })
  const done = (day: number, hour: number, issue: () => string, resolutionId?: string) =>
    on(day, hour, () => jira.transition(issue(), transition(day, hour, PLAIN_STATUS.done, resolutionId)))
  const started = (day: number, hour: number, ...issues: (() => string)[]) =>
    on(day, hour, () =>
      issues.forEach((issue) => jira.transition(issue(), transition(day, hour, PLAIN_STATUS.inProgress))),
    )

  on(-3, 10, () => {
    sprints.push(
      jira.createSprint({ at: at(-3, 10), boardId: 1, name: 'SHOP Sprint 1', goal: 'KR-1: first payments' }),
    )
    sprints.push(jira.createSprint({ at: at(-3, 10), boardId: 1, name: 'SHOP Sprint 2', goal: 'KR-1, KR-2' }))
    const [checkoutEpic, searchEpic] = EPICS.map(
      (epic) =>
        jira.createIssue({ at: at(-3, 10), projectKey: 'SHOP', typeId: PLAIN_TYPE.epic, ...epic }).key,
    )
    const story = (summary: string, parent: string | null, points: number | null, sprint: SprintId) =>
      jira.createIssue({ at: at(-3, 11), projectKey: 'SHOP', summary, parent, points, sprintId: sprint }).key
    CHECKOUT.forEach(([summary, points], index) =>
      checkout.push(story(summary, checkoutEpic!, points, sprints[index < 5 ? 0 : 1]!)),
    )
    SEARCH.forEach((summary, index) =>
      search.push(story(summary, searchEpic!, 2, sprints[index < 3 ? 0 : 1]!)),
    )
    UNALIGNED.forEach((summary) => other.push(story(summary, null, 3, sprints[0]!)))
  })

  on(0, 9, () => jira.startSprint(sprints[0]!, { at: at(0, 9), endAt: at(11, 17) }))
  started(
    0,
    10,
    () => checkout[0]!,
    () => search[0]!,
  )
  on(0, 15, (_, report) => report(14.6, 'Baseline week'))
  done(1, 14, () => search[0]!)
  done(2, 16, () => checkout[0]!)
  started(
    3,
    9,
    () => checkout[1]!,
    () => other[0]!,
  )
  done(4, 11, () => other[0]!)
  started(
    7,
    9,
    () => checkout[2]!,
    () => search[1]!,
  )
  on(7, 10, () => jira.editIssue(checkout[1]!, { at: at(7, 10), points: 13 }))
  done(8, 15, () => search[1]!)
  on(9, 11, () => {
    const bug = jira.createIssue({
      at: at(9, 11),
      projectKey: 'SHOP',
      summary: 'Payment fails with umlauts',
      typeId: PLAIN_TYPE.bug,
      labels: ['KR-1'],
      points: 3,
    })
    jira.moveToSprint(bug.key, sprints[0]!, { at: at(9, 11) + 60_000 })
    checkout.push(bug.key)
  })
  done(9, 17, () => checkout[2]!)
  done(10, 16, () => checkout[10]!)
  on(11, 12, () => jira.moveToSprint(other[1]!, null, { at: at(11, 12) }))
  on(11, 17, () => void jira.closeSprint(sprints[0]!, { at: at(11, 17), carryOverTo: sprints[1]! }))

  on(14, 9, () => jira.startSprint(sprints[1]!, { at: at(14, 9), endAt: at(25, 17) }))
  on(14, 11, (_, report) => report(13.1, 'One-tap payment is live for a tenth of customers'))
  started(
    14,
    10,
    () => checkout[3]!,
    () => search[2]!,
  )
  done(15, 13, () => checkout[1]!)
  done(15, 16, () => search[2]!)
  done(16, 12, () => checkout[3]!)
  done(16, 15, () => search[3]!)
  done(17, 10, () => search[5]!, PLAIN_RESOLUTION.duplicate)
  started(
    17,
    11,
    () => checkout[4]!,
    () => checkout[5]!,
  )
  on(18, 9, () => jira.transition(checkout[0]!, transition(18, 9, PLAIN_STATUS.inProgress)))
  done(21, 11, () => checkout[0]!)
  done(21, 15, () => search[4]!)
  done(22, 14, () => checkout[4]!)
  done(23, 10, () => checkout[5]!)
  done(23, 16, () => search[6]!)
  done(24, 11, () => checkout[6]!)
  on(24, 15, (_, report) => report(11.4, 'One-tap payment for everybody'))
  done(25, 12, () => search[7]!)
  on(25, 17, () => void jira.closeSprint(sprints[1]!, { at: at(25, 17), carryOverTo: null }))
  return moments
}

function transition(day: number, hour: number, statusId: string, resolutionId?: string) {
  return { at: at(day, hour), statusId, ...(resolutionId === undefined ? {} : { resolutionId }) }
}
