import type { FeedEntry } from '../../app/ports/feed.ts'

/** What a week did to a key result. */
export interface MovedKeyResult {
  readonly key: string
  readonly before: number | null
  readonly after: number | null
  readonly healthBefore: string
  readonly health: string
  readonly targetBefore: number | null
  readonly targetAfter: number | null
  /** How many of each kind of movement. */
  readonly changes: ReadonlyMap<string, number>
}

interface Standing {
  readonly progress: number | null
  readonly health: string
  readonly target: number | null
}

const UNKNOWN: Standing = { progress: null, health: 'no_data', target: null }

/** Keeps how each key result stood, so that the entries of a week add up to one movement of each. */
export function createWeekLedger(): { read(entries: readonly FeedEntry[]): MovedKeyResult[] } {
  const standings = new Map<string, Standing>()
  return {
    read(entries) {
      const progressed = entries.filter(({ kind }) => kind === 'key_result.progressed')
      const keys = [...new Set(progressed.map(({ subject }) => subject))].sort(byNumber)
      return keys.map((key) => {
        const own = progressed.filter(({ subject }) => subject === key)
        const before = standings.get(key) ?? UNKNOWN
        const after = standingOf(own.at(-1)!)
        standings.set(key, after)
        return {
          key,
          before: before.progress,
          after: after.progress,
          healthBefore: before.health,
          health: after.health,
          targetBefore: before.target,
          targetAfter: after.target,
          changes: added(own.map(({ data }) => (data['changes'] ?? {}) as Readonly<Record<string, number>>)),
        }
      })
    },
  }
}

function standingOf({ data }: FeedEntry): Standing {
  const { progress, health, target } = data
  return { progress: numberOrNull(progress), health: String(health), target: numberOrNull(target) }
}

function added(counts: readonly Readonly<Record<string, number>>[]): Map<string, number> {
  const sum = new Map<string, number>()
  for (const [kind, count] of counts.flatMap((one) => Object.entries(one))) {
    sum.set(kind, (sum.get(kind) ?? 0) + count)
  }
  return sum
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
