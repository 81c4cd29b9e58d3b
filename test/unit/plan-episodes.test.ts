import { describe, expect, it } from 'vitest'
import { planEpisodes } from '../../src/domain/warnings/plan-episodes.ts'
import { episodeWith, signalOf, someFacts } from '../support/warnings.ts'

const NOW = 5_000
const NOTHING = { raise: [], escalate: [], resolve: [], update: [] }
const atRisk = episodeWith()
const offTrack = episodeWith({ level: 'off_track' })

describe('planEpisodes', () => {
  it('raises what is new, once for a kind, at the worst level signalled', () => {
    const plan = planEpisodes([], [signalOf('at_risk'), signalOf('off_track'), signalOf('at_risk')], NOW)
    expect(plan).toMatchObject({ ...NOTHING, raise: [{ kind: 'health', level: 'off_track', raisedAt: NOW }] })
  })

  it('raises each kind by itself', () => {
    const plan = planEpisodes([atRisk], [signalOf('at_risk'), signalOf('at_risk', 'uncovered')], NOW)
    expect(plan).toMatchObject({ ...NOTHING, raise: [{ kind: 'uncovered', level: 'at_risk' }] })
  })

  it('has nothing to do while nothing changes', () => {
    expect(planEpisodes([atRisk], [signalOf('at_risk')], NOW)).toEqual(NOTHING)
  })

  it('escalates within the same episode, and keeps who acknowledged it', () => {
    const acknowledgement = { by: 'Ada', note: '', at: 2_000, level: 'at_risk' } as const
    const { escalate, ...rest } = planEpisodes([{ ...atRisk, acknowledgement }], [signalOf('off_track')], NOW)
    expect(rest).toEqual({ raise: [], resolve: [], update: [] })
    expect(escalate).toMatchObject([
      { after: { id: atRisk.id, level: 'off_track', levelSince: NOW, raisedAt: 1_000, acknowledgement } },
    ])
  })

  it('eases within the same episode, as an update of which nobody is told', () => {
    const plan = planEpisodes([offTrack], [signalOf('at_risk')], NOW)
    expect(plan).toMatchObject({ ...NOTHING, update: [{ after: { level: 'at_risk', levelSince: NOW } }] })
  })

  it('updates other numbers at the same level', () => {
    const facts = { ...someFacts, numbers: { ...someFacts.numbers, progressPercent: 31 } }
    const plan = planEpisodes([atRisk], [{ level: 'at_risk', begins: true, facts }], NOW)
    expect(plan).toMatchObject({ ...NOTHING, update: [{ after: { facts, levelSince: 1_000 } }] })
  })

  it('resolves what is not signalled any more', () => {
    const plan = planEpisodes([atRisk], [], NOW)
    expect(plan).toMatchObject({ ...NOTHING, resolve: [{ before: atRisk, after: { resolvedAt: NOW } }] })
  })

  it('resolves what is said to be over, as it does what is not signalled', () => {
    const over = { ...signalOf(null, 'health', false), isOver: true }
    expect(planEpisodes([offTrack], [over], NOW)).toEqual(planEpisodes([offTrack], [], NOW))
    expect(planEpisodes([], [over], NOW)).toEqual(NOTHING)
  })

  it('neither resolves nor raises on a signal that knows nothing', () => {
    const silent = signalOf(null, 'health', false)
    expect(planEpisodes([], [silent], NOW)).toEqual(NOTHING)
    expect(planEpisodes([offTrack], [silent], NOW)).toEqual(NOTHING)
  })

  it('lets a missed date escalate what stands, and begin nothing', () => {
    const missed = signalOf('off_track', 'health', false)
    expect(planEpisodes([], [missed], NOW)).toEqual(NOTHING)
    expect(planEpisodes([atRisk], [missed], NOW).escalate).toHaveLength(1)
  })
})
