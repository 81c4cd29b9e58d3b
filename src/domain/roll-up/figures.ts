import type { Health } from '../health/health.ts'

/** A number as people write it: at most six digits, `−` for minus. */
export function figure(value: number): string {
  const text = String(Number(value.toPrecision(6)))
  return text.startsWith('-') ? `−${text.slice(1)}` : text
}

/** `56.7 %` */
export function percentFigure(share: number): string {
  return `${figure(Math.round(share * 1_000) / 10)} %`
}

/** `at risk` */
export function healthWords(health: Health): string {
  return health.replaceAll('_', ' ')
}

/** `O-1, O-2 and O-3` */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}
