import { worse, type Band, type HealthRule } from './health.ts'
import type { Edges, HealthPolicy } from './health-policy.ts'

/** A number and the edges it is judged by. More is better, and all are shares of 1, so that one margin fits all. */
export interface Reading {
  readonly rule: Extract<HealthRule, 'pace' | 'gap' | 'forecast'>
  readonly value: number
  readonly edges: Edges
}

/** 0.87 + 0.03 is not quite 0.9: values closer than this to an edge are on it. */
const FLOAT_SLACK = 1e-11

export function paceReading(ratio: number, policy: HealthPolicy): Reading {
  return { rule: 'pace', value: ratio, edges: policy.paceRatio }
}

export function gapReading(points: number, policy: HealthPolicy): Reading {
  const { onTrack, atRisk } = policy.gapPoints
  return { rule: 'gap', value: -points / 100, edges: { onTrack: -onTrack / 100, atRisk: -atRisk / 100 } }
}

export function forecastReading(probability: number, policy: HealthPolicy): Reading {
  return { rule: 'forecast', value: probability, edges: policy.probability }
}

/** The band a reading is in. */
export function bandOf({ value, edges }: Reading): Band {
  return banded(edges, (edge) => value >= edge - FLOAT_SLACK)
}

/** The best band that the readings are still within a margin of: what is below it, they have fallen below clearly. */
export function bandWithin(readings: readonly Reading[], margin: number): Band {
  return worst(readings, ({ value, edges }) => banded(edges, (edge) => value > edge - margin + FLOAT_SLACK))
}

/** The band that the readings have reached by a margin. */
export function bandBeyond(readings: readonly Reading[], margin: number): Band {
  return worst(readings, ({ value, edges }) => banded(edges, (edge) => value >= edge + margin - FLOAT_SLACK))
}

/** The worst band of several readings. */
export function worstBand(readings: readonly Reading[]): Band {
  return worst(readings, bandOf)
}

function worst(readings: readonly Reading[], band: (reading: Reading) => Band): Band {
  return readings.map(band).reduce(worse)
}

function banded({ onTrack, atRisk }: Edges, isAtLeast: (edge: number) => boolean): Band {
  if (isAtLeast(onTrack)) return 'on_track'
  return isAtLeast(atRisk) ? 'at_risk' : 'off_track'
}
