import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of a test's own that is removed at its end; PostgreSQL's account may pass through it. */
export interface PrivateFolder {
  readonly path: string
  remove(): void
}

export function privateFolder(): PrivateFolder {
  const path = mkdtempSync(join(tmpdir(), 'throughline-e2e-'))
  chmodSync(path, 0o711)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
