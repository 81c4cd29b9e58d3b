import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Episode } from '../../src/domain/warnings/episode.ts'
import { levelSpells, type LevelSpell } from '../../src/domain/warnings/level-spells.ts'
import { planEpisodes } from '../../src/domain/warnings/plan-episodes.ts'
import { KR, signalOf } from '../support/warnings.ts'

const anyLevels = fc.array(fc.constantFrom('at_risk' as const, 'off_track' as const), {
  minLength: 1,
  maxLength: 12,
})

/** What the audit log keeps of looks that find these levels, and the warning as it stands then. */
function played(levels: readonly Episode['level'][]): { episode: Episode; said: LevelSpell[] } {
  let open: Episode | null = null
  const said: LevelSpell[] = []
  const write = (...entries: readonly (Episode | null)[]) => {
    said.push(
      ...entries.flatMap((one) => (one === null ? [] : [{ level: one.level, since: one.levelSince }])),
    )
  }
  levels.forEach((level, at) => {
    const plan = planEpisodes(open === null ? [] : [open], [signalOf(level)], at)
    for (const raised of plan.raise) write((open = { ...raised, id: 1, keyResult: KR }))
    for (const { after } of plan.update) open = after
    for (const { before, after } of plan.escalate) write(before, (open = after))
  })
  return { episode: open!, said }
}

it('every level of a warning is known, though the log keeps only what became worse', () => {
  let better = 0
  fc.assert(
    fc.property(anyLevels, (levels) => {
      const { episode, said } = played(levels)
      const turns = levels.flatMap((level, at) => (level === levels[at - 1] ? [] : [{ level, since: at }]))
      if (turns.length > 2) better++
      expect(levelSpells(episode, said)).toEqual(turns)
    }),
  )
  expect(better).toBeGreaterThan(0)
})

it('nothing is known of a warning whose beginning is not in the log', () => {
  const { episode, said } = played(['at_risk', 'off_track', 'at_risk'])
  expect(
    levelSpells(
      episode,
      said.filter(({ since }) => since > 0),
    ),
  ).toEqual([])
})
