import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A new folder for a run that leaves nothing behind. Others may pass through it, not look into it: started by root,
 * PostgreSQL runs as a user of its own, and would have to move to a place that nobody clears away.
 */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `throughline-${purpose}-`))
  chmodSync(folder, 0o711)
  return folder
}
