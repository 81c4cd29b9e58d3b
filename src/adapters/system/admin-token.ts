import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The API token of an installation that was given none: made once, readable by its owner only. */
export function keptAdminToken(dataDir: string): { readonly token: string; readonly file: string } {
  const file = resolve(dataDir, 'admin-token')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return { token: readFileSync(file, 'utf8').trim(), file }
}
