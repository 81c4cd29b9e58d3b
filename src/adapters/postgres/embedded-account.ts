import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { binariesIn, type PostgresBinaries } from './embedded-binaries.ts'

const run = promisify(execFile)

/** The user PostgreSQL runs as: it refuses to run as root, so root hands it to an account of its own. */
export type PostgresAccount = { readonly uid: number; readonly gid: number } | null

const ACCOUNT_NAMES = ['postgres', 'nobody']

const OTHERS_MAY_ENTER = 0o001

/** Null for an ordinary user, who runs PostgreSQL as themselves. For root, `postgres` (made if missing) or `nobody`. */
export async function postgresAccount(): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return null
  if ((await idsOf('postgres')) === null) {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(() => undefined)
  }
  for (const name of ACCOUNT_NAMES) {
    const ids = await idsOf(name)
    if (ids !== null) return ids
  }
  throw new Error(
    `PostgreSQL does not run as root, and neither user ${ACCOUNT_NAMES.join(' nor ')} exists here. ` +
      'Run Throughline as an ordinary user, or set DATABASE_URL.',
  )
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}

/** Paths the account can reach: a clone under `/root` (mode 700) is closed to it. */
export interface ReachablePlaces {
  readonly binaries: PostgresBinaries
  readonly dataFolder: string
}

/** Where PostgreSQL's programs and data go so that its account reaches them; the wanted places if it can. */
export async function reachablePlaces(
  account: PostgresAccount,
  wanted: ReachablePlaces,
): Promise<ReachablePlaces> {
  if (account === null) return wanted
  await letThrough(dirname(wanted.dataFolder))
  const dataFolder = (await isReachable(wanted.dataFolder))
    ? wanted.dataFolder
    : resolve(
        '/var/lib/throughline',
        createHash('sha256').update(wanted.dataFolder).digest('hex').slice(0, 12),
      )
  await mkdir(dataFolder, { recursive: true })
  await chown(dataFolder, account.uid, account.gid)
  return { binaries: await reachableBinaries(wanted.binaries), dataFolder }
}

/**
 * DATA_DIR is ours: others may pass through it (not look into it), so that PostgreSQL's account reaches its part. A
 * temporary folder, mode 700 from birth, would otherwise send the data elsewhere.
 */
async function letThrough(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const { mode } = await stat(dataDir)
  if ((mode & OTHERS_MAY_ENTER) === 0) await chmod(dataDir, mode | OTHERS_MAY_ENTER)
}

/** A copy for everybody, named by version. It appears whole: two processes may make it at once, or one be killed. */
async function reachableBinaries(binaries: PostgresBinaries): Promise<PostgresBinaries> {
  if (await isReachable(binaries.folder)) return binaries
  const copy = `/var/lib/throughline/postgres-${binaries.version}`
  if (existsSync(copy)) return binariesIn(copy, binaries.version)
  const unfinished = `${copy}.${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await cp(binaries.folder, unfinished, { recursive: true, verbatimSymlinks: true })
  await rename(unfinished, copy).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  })
  return binariesIn(copy, binaries.version)
}

/** Every existing folder on the way lets others through. */
async function isReachable(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && folder !== path && ((await stat(folder)).mode & OTHERS_MAY_ENTER) === 0)
      return false
    if (dirname(folder) === folder) return true
  }
}
