import type { Records } from '../app/ports/records.ts'
import type { LinkFile } from '../contracts/link-file.ts'
import { parseCycleKey, type KeyResultKey } from '../domain/ids.ts'
import { dayOf } from '../domain/time.ts'
import type { JiraHistory, StoredIssue } from './jira-simulator/site/jira-history.ts'

export interface ReplayedKeyResult {
  readonly key: KeyResultKey
  readonly title: string
  /** Issues of the recording that the file names for it. */
  readonly issues: number
}

/** Stores the key results of a link file, their cycle spanning the recording, with hand-made links to the issues that match. */
export async function storeReplayGoals(
  { goals, progress }: Records,
  { timeZone, keyResults }: LinkFile,
  history: JiraHistory,
): Promise<ReplayedKeyResult[]> {
  const issues = Array.from({ length: history.issues.count }, (_, position) => history.issues.at(position))
  const cycle = parseCycleKey('replay')!
  await goals.insertCycle({
    key: cycle,
    title: 'The recorded time',
    startDay: dayOf(Math.min(...issues.map(({ createdAt }) => createdAt)), timeZone),
    endDay: dayOf(Math.max(...issues.map(updatedAt)), timeZone),
    calendar: { timeZone, workingDays: [1, 2, 3, 4, 5], holidays: [] },
    closedAt: null,
    archivedAt: null,
  })
  const objective = await goals.nextObjectiveKey()
  await goals.insertObjective({
    key: objective,
    cycle,
    title: 'What the recording is replayed for',
    level: 'team',
    description: '',
    parent: null,
    contributionWeight: null,
    healthRollUp: 'worst',
    ambition: 'committed',
    owner: null,
    team: null,
    healthPolicy: null,
    externalId: null,
    archivedAt: null,
  })
  const stored: ReplayedKeyResult[] = []
  for (const [name, { title, measure, match }] of Object.entries(keyResults)) {
    const key = name as KeyResultKey
    await goals.insertKeyResult({
      key,
      objective,
      title,
      owner: null,
      ownerAccountId: null,
      measure,
      weight: 1,
      dueDay: null,
      plan: { kind: 'linear' },
      healthPolicy: null,
      healthOverride: null,
      description: '',
      valueOverride: null,
      dependsOn: [],
      intendedSharePercent: null,
      externalId: null,
      rolledFrom: null,
      anchorIssue: null,
      archivedAt: null,
    })
    const matching = issues.filter((issue) => matches(issue, match, history))
    for (const issue of matching) {
      await goals.saveManualLink({
        keyResult: key,
        siteId: 'main',
        issueId: issue.id,
        role: 'drives',
        sharePercent: 100,
        linkedAt: issue.createdAt,
        unlinkedAt: null,
      })
    }
    await progress.markDirty([{ keyResult: key, day: null, relink: true }])
    stored.push({ key, title, issues: matching.length })
  }
  return stored
}

function matches(
  { id, values }: StoredIssue,
  { labels = [], epics = [], issues = [] }: LinkFile['keyResults'][KeyResultKey]['match'],
  history: JiraHistory,
): boolean {
  const parent = values.parentId === null ? undefined : history.outsideIssues.get(values.parentId)?.key
  return (
    labels.some((label) => values.labels.includes(label)) ||
    epics.some((epic) => epic === values.epicKey || epic === values.parentId || epic === parent) ||
    issues.some((issue) => issue === values.key || issue === id)
  )
}

function updatedAt({ createdAt, histories }: StoredIssue): number {
  return histories.at(-1)?.at ?? createdAt
}
