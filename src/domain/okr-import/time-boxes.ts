import type { CycleKey, TeamKey } from '../ids.ts'
import { parseTeamKey } from '../ids.ts'
import type { DocumentCycle, DocumentTeam } from '../okrs/okr-document.ts'
import type { CalendarDay } from '../time.ts'
import type { Cycle } from '../goals.ts'
import { cycleNamed } from './cycle-name.ts'
import type { GoalSet } from '../okrs/goal-set.ts'
import { sameText } from './same-text.ts'

const CALENDAR = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] } as const

type CycleFound = { readonly kind: 'cycle'; readonly key: CycleKey } | NoCycle
type NoCycle = { readonly kind: 'problem'; readonly message: string }
type Days = Pick<Cycle, 'startDay' | 'endDay'>

/** A cycle that a name means, whether it is there or not. */
export type MeantCycle = { readonly kind: 'cycle'; readonly key: CycleKey } & Days

/** Cycles and teams that lines name: those there are, and those a file brings with it. */
export interface TimeBoxes {
  /**
   * By key, by title, or by the quarter, half or year its name means, which is made when there is none. One that is
   * closed or archived is found too, and stays so: see `whyNothingIsAdded`.
   */
  cycle(name: string | undefined, dueDay: CalendarDay | undefined): CycleFound
  /** What a name means; nothing is made. */
  meant(name: string): MeantCycle | NoCycle
  /** First and last day of a cycle that is there or comes with the file. */
  daysOf(key: CycleKey): Days | undefined
  /** Likewise, of the cycles there are or the file makes elsewhere. */
  knownCycle(name: string | undefined, dueDay: CalendarDay | undefined): CycleKey | null
  /** Why nothing new comes into a cycle: it is closed or archived; null when something may. */
  whyNothingIsAdded(key: CycleKey): string | null
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
  // A live cycle goes before an archived one of the same title, and a key before any title.
  for (const { key, title } of [...cycles].sort(archivedFirst)) cycleKeys.set(sameText(title), key)
  for (const { key } of cycles) cycleKeys.set(sameText(key), key)
  const teamKeys = new Map<string, TeamKey>()
  for (const { key, title } of teams) teamKeys.set(sameText(title), key)
  for (const { key } of teams) teamKeys.set(sameText(key), key)
  const freeTeamKey = freeTeamKeys(teamKeys.values())
  const days = new Map<CycleKey, Days>(cycles.map((cycle) => [cycle.key, cycle]))
  const newCycles: DocumentCycle[] = []
  const newTeams: DocumentTeam[] = []

  const meant = (name: string): MeantCycle | NoCycle => {
    const named = cycleNamed(name)
    const key = cycleKeys.get(sameText(name)) ?? cycleKeys.get(sameText(named?.key ?? ''))
    const known = key === undefined ? undefined : days.get(key)
    if (key !== undefined && known !== undefined) return { kind: 'cycle', key, ...known }
    if (named !== null) return { kind: 'cycle', ...named }
    return problem(
      `There is no cycle ${name}, and its name tells no dates. Create it first, or write a quarter such as 2026-Q4.`,
    )
  }

  const cycleCalled = (name: string): CycleFound => {
    const found = meant(name)
    if (found.kind === 'problem' || days.has(found.key)) return found
    const made = cycleNamed(name)!
    newCycles.push({ ...made, ...CALENDAR })
    days.set(made.key, made)
    cycleKeys.set(sameText(made.key), made.key)
    return found
  }

  const cycleAround = (dueDay: CalendarDay | undefined): CycleKey | null => {
    const around = live.filter(
      ({ startDay, endDay }) => dueDay !== undefined && startDay <= dueDay && dueDay <= endDay,
    )
    return around.length === 1 ? (around[0]?.key ?? null) : null
  }

  return {
    newCycles,
    newTeams,
    meant,
    daysOf: (key) => days.get(key),
    cycle(name, dueDay) {
      const called = name ?? fallback
      if (called !== null) return cycleCalled(called)
      const around = cycleAround(dueDay)
      if (around !== null) return { kind: 'cycle', key: around }
      return problem('The line names no cycle. Add a column cycle, or say which one: --cycle 2026-Q4.')
    },
    knownCycle(name, dueDay) {
      const called = name ?? fallback
      if (called === null) return cycleAround(dueDay)
      const known = cycleKeys.get(sameText(called)) ?? cycleKeys.get(sameText(cycleNamed(called)?.key ?? ''))
      return known ?? null
    },
    whyNothingIsAdded(key) {
      const stored = cycles.find((cycle) => cycle.key === key)
      if (stored?.closedAt != null)
        return nothingAdded(key, 'closed, and nothing of it changes any more. Reopen')
      return stored?.archivedAt == null ? null : nothingAdded(key, 'archived. Restore')
    },
    team(name) {
      const known = teamKeys.get(sameText(name))
      if (known !== undefined) return known
      const key = freeTeamKey(name)
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

/**
 * Gives short names out of titles, each once: `Search & Discovery` is `search-discovery`; a title without Latin letters
 * gets a number.
 */
function freeTeamKeys(known: Iterable<TeamKey>): (title: string) => TeamKey {
  const taken = new Set(known)
  const lastOf = new Map<string, number>()
  const numbered = (stem: string, first: number): TeamKey => {
    for (let number = lastOf.get(stem) ?? first; ; number++) {
      const key = parseTeamKey(`${stem}-${number}`)!
      lastOf.set(stem, number + 1)
      if (!taken.has(key)) return key
    }
  }
  return (title) => {
    const slug = slugOf(title)
    const plain = /[a-z]/.test(slug) ? parseTeamKey(slug) : null
    const key =
      plain !== null && !taken.has(plain) ? plain : numbered(plain ?? 'team', plain === null ? 1 : 2)
    taken.add(key)
    return key
  }
}

function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '')
}

function archivedFirst(a: Cycle, b: Cycle): number {
  return Number(a.archivedAt === null) - Number(b.archivedAt === null)
}

function nothingAdded(key: CycleKey, state: string): string {
  return `The cycle ${key} is ${state} it, name another cycle, or leave the line out.`
}

function problem(message: string): NoCycle {
  return { kind: 'problem', message }
}
