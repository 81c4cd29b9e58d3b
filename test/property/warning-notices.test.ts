import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, dayOf, HOUR_MS } from '../../src/domain/time.ts'
import type { Acknowledgement, Episode, Snooze } from '../../src/domain/warnings/episode.ts'
import { nextNoticeAt } from '../../src/domain/warnings/notice-budget.ts'
import { planEpisodes } from '../../src/domain/warnings/plan-episodes.ts'
import { isWorse, type Signal, type WarningLevel } from '../../src/domain/warnings/signal.ts'
import type { WarningContent } from '../../src/domain/writeback/warning-content.ts'
import { planWarningComment } from '../../src/domain/writeback/warning-plan.ts'
import { contentOf, KR, signalOf } from '../support/warnings.ts'

const START = Date.UTC(2026, 9, 1)
const ZONE = 'Asia/Shanghai'

interface Written {
  readonly content: WarningContent
  readonly toldLevel: WarningLevel | null
}

interface Told {
  readonly at: number
  readonly episode: number
  readonly level: WarningLevel
  readonly how: 'create' | 'edit'
}

interface Move {
  readonly afterHours: number
  readonly signals: readonly Signal[]
  readonly says: 'nothing' | 'acknowledge' | 'snooze'
}

/** One key result, its warnings and their comments; a relay that writes at once whatever may be written. */
function play(moves: readonly Move[]) {
  let now = START
  let lastNoticeAt: number | null = null
  let nextId = 1
  const episodes: Episode[] = []
  const comments = new Map<number, Written>()
  const told: Told[] = []
  const put = (episode: Episode) => {
    episodes[episodes.findIndex(({ id }) => id === episode.id)] = episode
  }
  const relay = () => {
    for (const episode of episodes) {
      const written = comments.get(episode.id) ?? null
      const wanted = contentOf(episode)
      const plan = planWarningComment({
        wanted,
        written: written?.content ?? null,
        mayExist: false,
        toldLevel: written?.toldLevel ?? null,
        isMuted: false,
        nextNoticeAt: nextNoticeAt(lastNoticeAt, ZONE),
        now,
      })
      if (plan.kind === 'none' || plan.kind === 'wait') continue
      const isLoud = plan.kind === 'create' || plan.notifies
      if (isLoud) {
        told.push({ at: now, episode: episode.id, level: episode.level, how: plan.kind })
        lastNoticeAt = now
      }
      const toldLevel = isLoud ? episode.level : (written?.toldLevel ?? null)
      comments.set(episode.id, { content: wanted, toldLevel })
    }
  }
  for (const { afterHours, signals, says } of moves) {
    now += afterHours * HOUR_MS
    const open = episodes.filter(({ resolvedAt }) => resolvedAt === null)
    const plan = planEpisodes(open, signals, now)
    for (const { after } of [...plan.escalate, ...plan.update, ...plan.resolve]) put(after)
    for (const episode of plan.raise) episodes.push({ ...episode, keyResult: KR, id: nextId++ })
    for (const episode of episodes.filter(({ resolvedAt }) => resolvedAt === null)) {
      const said: { acknowledgement?: Acknowledgement; snooze?: Snooze } =
        says === 'acknowledge'
          ? { acknowledgement: { by: 'a', note: '', at: now, level: episode.level } }
          : says === 'snooze'
            ? { snooze: { by: 'a', note: '', at: now, until: now + 2 * DAY_MS } }
            : {}
      put({ ...episode, ...said })
    }
    relay()
  }
  return { told, episodes, comments }
}

const anyLevel = fc.constantFrom('at_risk' as const, 'off_track' as const)
const anyMove: fc.Arbitrary<Move> = fc.record({
  afterHours: fc.integer({ min: 0, max: 40 }),
  signals: fc.array(
    fc
      .tuple(anyLevel, fc.constantFrom('health' as const, 'scope_growth' as const, 'uncovered' as const))
      .map(([level, kind]) => signalOf(level, kind)),
    { maxLength: 3 },
  ),
  says: fc.constantFrom('nothing' as const, 'nothing' as const, 'acknowledge' as const, 'snooze' as const),
})
const anyMoves = fc.array(anyMove, { maxLength: 60 })

describe('notices about one key result, whatever happens to it and whoever says what', () => {
  it('are at most one a calendar day', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const days = play(moves).told.map(({ at }) => dayOf(at, ZONE))
        expect(new Set(days).size).toBe(days.length)
      }),
    )
  })

  it('are for each episode one comment at most, and one louder edit at most', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const { told, episodes } = play(moves)
        for (const { id } of episodes) {
          const own = told.filter(({ episode }) => episode === id)
          expect(own.length).toBeLessThanOrEqual(2)
          if (own.length > 0) expect(own[0]?.how).toBe('create')
          if (own.length === 2) {
            expect(own[1]?.how).toBe('edit')
            expect(isWorse(own[1]!.level, own[0]!.level)).toBe(true)
          }
        }
      }),
    )
  })

  it('are held back, not lost: what stands for eight more days is told, unless somebody knows of it', () => {
    fc.assert(
      fc.property(anyMoves, anyLevel, (moves, level) => {
        const standing = { signals: [signalOf(level)], says: 'nothing' as const }
        const quiet = Array.from({ length: 8 }, () => ({ ...standing, afterHours: 24 }))
        const { episodes, comments } = play([...moves, ...quiet])
        const last = episodes.findLast(({ kind }) => kind === 'health')!
        const isTold = comments.get(last.id)?.toldLevel ?? null
        const known = last.acknowledgement?.level ?? null
        expect(isWorse(last.level, isTold) && isWorse(last.level, known)).toBe(false)
      }),
    )
  })

  it('are never more than one a day for a value that swings around an edge for thirty days', () => {
    const swings = Array.from({ length: 30 * 24 }, (_, hour): Move => ({
      afterHours: 1,
      signals: hour % 2 === 0 ? [signalOf('at_risk')] : [],
      says: 'nothing',
    }))
    const { told, episodes } = play(swings)
    expect(episodes.length).toBe(360)
    expect(told.length).toBeLessThanOrEqual(31)
    expect(told.length).toBeGreaterThan(0)
  })
})
