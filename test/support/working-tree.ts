import { execFile } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

const NOT_OURS = ['**/node_modules/**', 'data/**', 'coverage/**']

/** Files of the working tree by pattern, as paths from its root with `/`, in order. */
export function filesOf(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: ROOT, exclude: NOT_OURS })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
}

export function textOf(path: string, root = ROOT): string {
  return readFileSync(resolve(root, path), 'utf8')
}

/** The sources and what tools need to judge them, where files can be planted without touching the working tree. */
export interface TreeCopy {
  readonly root: string
  plant(files: Readonly<Record<string, string>>): void
  remove(): void
}

const COPIED = [
  'src',
  'workers',
  'test/support',
  'migrations',
  'package.json',
  'tsconfig.json',
  'tsconfig.core.json',
  'drizzle.config.ts',
  '.dependency-cruiser.cjs',
]

export function copyTree(): TreeCopy {
  const root = mkdtempSync(join(tmpdir(), 'throughline-tree-'))
  for (const path of COPIED) cpSync(resolve(ROOT, path), resolve(root, path), { recursive: true })
  symlinkSync(resolve(ROOT, 'node_modules'), resolve(root, 'node_modules'))
  return {
    root,
    plant: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(resolve(root, path)), { recursive: true })
        writeFileSync(resolve(root, path), text)
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

export interface ToolRun {
  readonly code: number
  readonly output: string
}

/** Runs a command that npm installed, as `npm run` would. Whatever its exit code, the run is an answer. */
export function runTool(root: string, tool: string, ...args: string[]): Promise<ToolRun> {
  return new Promise((done, fail) => {
    const command = [resolve(ROOT, 'node_modules/.bin', tool), ...args]
    execFile(
      process.execPath,
      command,
      { cwd: root, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code
        if (typeof code === 'number') done({ code, output: stdout + stderr })
        else fail(new Error(`${tool} did not run`, { cause: error }))
      },
    )
  })
}
