import type { Health } from '../../health/health.ts'

/** Ink on white with a contrast of at least 4.5, so that a shape reads without its colour and the colour without it. */
const INK: Readonly<Record<Health, string>> = {
  done: '#1d6f42',
  on_track: '#1d6f42',
  at_risk: '#96590a',
  off_track: '#b3261e',
  missed: '#7a1a14',
  stale: '#52606d',
  no_data: '#52606d',
}

export const HEALTHS: readonly Health[] = [
  'done',
  'on_track',
  'at_risk',
  'off_track',
  'missed',
  'stale',
  'no_data',
]

export function inkOf(health: Health): string {
  return INK[health]
}

/**
 * A health as a shape, so that nobody has to tell colours apart: a check, a disc, a triangle, a square, a cross, a
 * dashed ring, a ring.
 */
export function healthShape(health: Health, x: number, y: number, radius: number): string {
  const ink = INK[health]
  const at = (dx: number, dy: number) => `${round(x + dx * radius)} ${round(y + dy * radius)}`
  const ring = `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}"`
  const mark = (path: string) =>
    `<path d="${path}" fill="none" stroke="#ffffff" stroke-width="${round(radius / 3)}" stroke-linecap="round" stroke-linejoin="round"/>`
  switch (health) {
    case 'done':
      return `${ring} fill="${ink}"/>${mark(`M${at(-0.45, 0.05)} L${at(-0.1, 0.4)} L${at(0.5, -0.4)}`)}`
    case 'on_track':
      return `${ring} fill="${ink}"/>`
    case 'at_risk':
      return `<path d="M${at(0, -1.1)} L${at(1.15, 0.9)} L${at(-1.15, 0.9)} Z" fill="${ink}"/>`
    case 'off_track':
      return `<path d="M${at(-0.95, -0.95)} L${at(0.95, -0.95)} L${at(0.95, 0.95)} L${at(-0.95, 0.95)} Z" fill="${ink}"/>`
    case 'missed':
      return `<path d="M${at(-0.8, -0.8)} L${at(0.8, 0.8)} M${at(0.8, -0.8)} L${at(-0.8, 0.8)}" fill="none" stroke="${ink}" stroke-width="${round(radius / 2)}" stroke-linecap="round"/>`
    case 'stale':
      return `${ring} fill="#ffffff" stroke="${ink}" stroke-width="2" stroke-dasharray="2.5 2"/>`
    case 'no_data':
      return `${ring} fill="#ffffff" stroke="${ink}" stroke-width="1.5"/>`
  }
}

/** A tenth of a pixel is all a reader sees. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
