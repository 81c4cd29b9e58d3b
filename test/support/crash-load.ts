import type { JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { createRandom } from '../../src/demo/jira-simulator/site/random.ts'
import { PLAIN_STATUS, PLAIN_TYPE } from '../../src/demo/jira-simulator/site/plain-site.ts'

/** Key results whose stories exist before the crashes; in them work is delivered. */
const SETTLED = 10
/** Key results whose first stories come during the crashes, and with them their comments. */
const GROWING = 30
const STORIES_EACH = 20
const HOUR_MS = 3_600_000
const MONDAY = Date.parse('2026-11-02T08:00:00Z')

export const CRASH_KEY_RESULTS: readonly string[] = Array.from(
  { length: SETTLED + GROWING },
  (_, index) => `KR-${index + 1}`,
)

/** Work whose effect can be counted exactly: every story moves a key result once before the crashes or during them. */
export interface CrashLoad {
  /** The epic of each key result, where its comment belongs. */
  readonly anchors: ReadonlyMap<string, string>
  /** What people do while things crash, in order; each makes at least one event. */
  readonly acts: readonly (() => void)[]
}

/** Makes epics and the stories that exist before, in the simulator; their events go out at once. */
export function prepareCrashLoad(jira: JiraSimulator, events: number, seed: number): CrashLoad {
  const random = createRandom(seed)
  let minutes = 0
  const next = () => MONDAY + ++minutes * 60_000
  const anchors = new Map(
    CRASH_KEY_RESULTS.map((key) => {
      const epic = { at: next(), projectKey: 'WEB', typeId: PLAIN_TYPE.epic, summary: `Epic of ${key}` }
      return [key, jira.createIssue({ ...epic, labels: [key] }).key]
    }),
  )
  const settled = CRASH_KEY_RESULTS.slice(0, SETTLED).flatMap((key) =>
    Array.from(
      { length: STORIES_EACH },
      (_, index) =>
        jira.createIssue({
          at: next(),
          projectKey: 'WEB',
          summary: `${key} story ${index}`,
          parent: anchors.get(key)!,
          points: (index % 5) + 1,
        }).key,
    ),
  )

  const later = MONDAY + 24 * HOUR_MS
  const during = () => later + ++minutes * 60_000
  const delivered = settled.map(
    (story) => () => jira.transition(story, { at: during(), statusId: PLAIN_STATUS.done }),
  )
  const storiesInARow = Math.floor(events / (GROWING * 3))
  const growing = Array.from({ length: events }, (_, index) => () => {
    const key = CRASH_KEY_RESULTS[SETTLED + (Math.floor(index / storiesInARow) % GROWING)]!
    jira.createIssue({
      at: during(),
      projectKey: 'WEB',
      summary: `Story ${index}`,
      parent: anchors.get(key)!,
      points: index % 8,
      statusId: index % 3 === 0 ? PLAIN_STATUS.done : PLAIN_STATUS.toDo,
    })
  })
  const renamed = Array.from({ length: events }, (_, index) => () => {
    jira.editIssue(settled[index % settled.length]!, { at: during(), summary: `Renamed ${index}` })
  })
  const acts: (() => void)[] = []
  const queues = [delivered.values(), growing.values(), renamed.values()]
  while (acts.length < events) {
    const act = queues[random.between(0, 2)]!.next()
    if (!act.done) acts.push(act.value)
  }
  return { anchors, acts }
}
