import type { KeyResultKey } from '../ids.ts'

/** A key result's page, built from Throughline's own address, with or without a slash at its end. */
export function keyResultUrl(publicUrl: string, key: KeyResultKey): string {
  return `${publicUrl.replace(/\/+$/, '')}/key-results/${key}`
}
