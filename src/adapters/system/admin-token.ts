import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The API token of an installation that was given none: made once, readable by its owner only. */
export function keptAdminToken(dataDir: string): { readonly token: string; readonly file: string } {
  const file = resolve(dataDir, 'admin-token')
  mkdirSync(dataDir, { recursive: true })
  // It appears whole: a process that starts at the same instant must not read it empty.
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return { token: readFileSync(file, 'utf8').trim(), file }
}
