import type { CycleKey, TeamKey } from '../ids.ts'
import { parseTeamKey } from '../ids.ts'
import type { DocumentCycle, DocumentTeam } from '../okrs/okr-document.ts'
import type { CalendarDay } from '../time.ts'
import { cycleNamed } from './cycle-name.ts'
import type { GoalSet } from '../okrs/goal-set.ts'
import { sameText } from './same-text.ts'

const CALENDAR = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] } as const

type CycleFound =
  { readonly kind: 'cycle'; readonly key: CycleKey } | { readonly kind: 'problem'; readonly message: string }

/** Cycles and teams that lines name: those there are, and those a file brings with it. */
export interface TimeBoxes {
  /** By key, by title, or by the quarter, half or year its name means, which is made when there is none. */
  cycle(name: string | undefined, dueDay: CalendarDay | undefined): CycleFound
  /** By key or title; made when there is none. */
  team(name: string): TeamKey
  /** What the file brings with it. */
  readonly newCycles: readonly DocumentCycle[]
  readonly newTeams: readonly DocumentTeam[]
}

/** @param fallback the cycle of lines that name none */
export function createTimeBoxes(
  { cycles, teams }: Pick<GoalSet, 'cycles' | 'teams'>,
  fallback: string | null,
): TimeBoxes {
  const live = cycles.filter(({ archivedAt }) => archivedAt === null)
  const cycleKeys = new Map<string, CycleKey>()
  for (const { key, title } of live) cycleKeys.set(sameText(title), key)
  for (const { key } of live) cycleKeys.set(sameText(key), key)
  const teamKeys = new Map<string, TeamKey>()
  for (const { key, title } of teams) teamKeys.set(sameText(title), key)
  for (const { key } of teams) teamKeys.set(sameText(key), key)
  const newCycles: DocumentCycle[] = []
  const newTeams: DocumentTeam[] = []

  const cycleCalled = (name: string): CycleFound => {
    const known = cycleKeys.get(sameText(name))
    if (known !== undefined) return { kind: 'cycle', key: known }
    const meant = cycleNamed(name)
    if (meant === null) {
      return problem(
        `There is no cycle ${name}, and its name tells no dates. Create it first, or write a quarter such as 2026-Q4.`,
      )
    }
    const stored = cycleKeys.get(sameText(meant.key))
    if (stored === undefined) newCycles.push({ ...meant, ...CALENDAR })
    cycleKeys.set(sameText(meant.key), meant.key)
    cycleKeys.set(sameText(name), meant.key)
    return { kind: 'cycle', key: stored ?? meant.key }
  }

  return {
    newCycles,
    newTeams,
    cycle(name, dueDay) {
      const called = name ?? fallback
      if (called !== null) return cycleCalled(called)
      const around = live.filter(
        ({ startDay, endDay }) => dueDay !== undefined && startDay <= dueDay && dueDay <= endDay,
      )
      const [only] = around
      if (around.length === 1 && only !== undefined) return { kind: 'cycle', key: only.key }
      return problem('The line names no cycle. Add a column cycle, or say which one: --cycle 2026-Q4.')
    },
    team(name) {
      const known = teamKeys.get(sameText(name))
      if (known !== undefined) return known
      const key = freeTeamKey(name, new Set(teamKeys.values()))
      teamKeys.set(sameText(name), key)
      teamKeys.set(sameText(key), key)
      newTeams.push({
        ...{ key, title: name, ...CALENDAR, anchorIssue: null },
        ...{ notify: 'each', checkIns: null, endOfDay: '17:00' },
      })
      return key
    },
  }
}

/** A short name out of a title: `Search & Discovery` is `search-discovery`; a title without Latin letters gets a number. */
function freeTeamKey(title: string, taken: ReadonlySet<TeamKey>): TeamKey {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '')
  const plain = /[a-z]/.test(slug) ? parseTeamKey(slug) : null
  if (plain !== null && !taken.has(plain)) return plain
  const stem = plain ?? 'team'
  for (let number = plain === null ? 1 : 2; ; number++) {
    const key = parseTeamKey(`${stem}-${number}`)!
    if (!taken.has(key)) return key
  }
}

function problem(message: string): CycleFound {
  return { kind: 'problem', message }
}
