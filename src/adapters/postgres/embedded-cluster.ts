import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { PostgresAccount } from './embedded-account.ts'
import type { PostgresBinaries } from './embedded-binaries.ts'
import { appearsWhole } from './embedded-lock.ts'

const run = promisify(execFile)

export const USER = 'throughline'

export interface Cluster {
  /** PostgreSQL's data directory. */
  readonly path: string
  readonly password: string
}

/** The cluster of a folder, made if there is none. It appears complete or not at all, whenever a kill comes. */
export async function ensureCluster(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  folder: string,
): Promise<Cluster> {
  const path = resolve(folder, 'cluster')
  const password = await clusterPassword(folder)
  if (!existsSync(path)) await initialise(binaries, account, folder, path, password)
  return { path, password }
}

async function clusterPassword(folder: string): Promise<string> {
  const file = resolve(folder, 'password')
  await appearsWhole(file, randomBytes(24).toString('base64url'))
  return readFile(file, 'utf8')
}

async function initialise(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  folder: string,
  path: string,
  password: string,
): Promise<void> {
  const unfinished = resolve(folder, 'cluster.unfinished')
  const passwordFile = resolve(folder, 'password.initdb')
  await rm(unfinished, { recursive: true, force: true })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account !== null) {
    await chown(folder, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  await chmod(binaries.initdb, 0o755).catch(() => undefined)
  await chmod(binaries.postgres, 0o755).catch(() => undefined)
  const flags = ['--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${passwordFile}`, '--encoding=UTF8']
  try {
    await run(binaries.initdb, ['-D', unfinished, ...flags, '--locale=C'], { ...account, cwd: folder })
    await rename(unfinished, path)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}
