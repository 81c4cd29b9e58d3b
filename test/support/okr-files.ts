import { applyOkrs, type ApplyOptions } from '../../src/app/okrs/apply-okrs.ts'
import { exportOkrs } from '../../src/app/okrs/export-okrs.ts'
import { planOkrs } from '../../src/app/okrs/plan-okrs.ts'
import { readOkrDocument } from '../../src/contracts/okrs/okr-document.ts'
import { okrText } from '../../src/contracts/okrs/okr-text.ts'
import type { CycleKey } from '../../src/domain/ids.ts'
import type { OkrDocument } from '../../src/domain/okrs/okr-document.ts'
import { unconnectedSite } from '../../src/app/site-context.ts'
import { NOW } from './api.ts'
import { issueState } from './issues.ts'
import type { FreshDatabase } from './postgres.ts'
import { textOf } from './working-tree.ts'

export const EXAMPLE = textOf('examples/okrs.yaml')

/** The example with one piece of its text exchanged; fails when that is not in it. */
export function edited(...edits: [from: string, to: string][]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the example does not say ${from}`)
    return text.replace(from, to)
  }, EXAMPLE)
}

/** A file's document; fails for a file that cannot be read. */
export function documentFrom(text: string): OkrDocument {
  const read = readOkrDocument(text)
  if (read.kind === 'document') return read.document
  throw new Error(JSON.stringify(read.problems))
}

const FILE = { archiveMissing: true, overwrite: false }

/** Files of OKRs on a database, without the command line around them. */
export function okrFiles({ database }: Pick<FreshDatabase, 'database'>) {
  const rings: string[] = []
  let now = NOW
  const deps = {
    database,
    clock: { now: () => now },
    doorbell: {
      ring: (_: string, id: string) => {
        rings.push(id)
        return Promise.resolve()
      },
    },
    actor: 'cli',
  }
  const documentOf = (file: string | OkrDocument) => (typeof file === 'string' ? documentFrom(file) : file)
  return {
    deps,
    rings,
    setNow: (at: number) => {
      now = at
    },
    plan: (file: string | OkrDocument, options: Partial<ApplyOptions> = {}) =>
      planOkrs(database.records, documentOf(file), { ...FILE, ...options }, deps.clock.now()),
    apply: (file: string | OkrDocument, options: Partial<ApplyOptions> = {}) =>
      applyOkrs(deps, documentOf(file), { ...FILE, ...options }),
    /** Why a file cannot be applied, in the order it is told. */
    problems: async (file: string) => {
      const planned = await planOkrs(database.records, documentOf(file), FILE, deps.clock.now())
      return planned.kind === 'refused' ? planned.problems : []
    },
    exported: async (cycle: CycleKey | null = null) => okrText(await exportOkrs(database.records, { cycle })),
  }
}

/** Empty goals, with keys that count from 1. */
export async function forgetGoals({ query }: Pick<FreshDatabase, 'query'>): Promise<void> {
  await query(`truncate cycles, teams, kpis, applied_goals, dirty_key_results, movements, feed, feed_head, audit,
    jira_comments, snapshots, milestone_issues cascade`)
  for (const what of ['objective', 'key_result', 'initiative', 'kpi'])
    await query(`alter sequence ${what}_numbers restart`)
}

/** The site `main` with PROJ-7 and PROJ-8. */
export async function knowIssues({ database }: Pick<FreshDatabase, 'database'>): Promise<void> {
  const { sites, mirror } = database.records
  await sites.save(unconnectedSite('main'))
  await mirror.saveIssues(
    'main',
    ['PROJ-7', 'PROJ-8'].map((key, index) => ({
      kind: 'issue',
      issueId: String(index + 7),
      createdAt: NOW,
      version: { at: NOW, rank: 1 },
      state: issueState({ key }),
      blockers: null,
    })),
  )
  await mirror.addReferences('main', [
    { issueId: '7', kind: 'key', reference: 'PROJ-7' },
    { issueId: '8', kind: 'key', reference: 'PROJ-8' },
  ])
}
