#!/usr/bin/env node
// Runs Throughline on a Node that runs TypeScript: this one, or the one that npm installed beside it.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 24
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const node = Number(process.versions.node.split('.')[0]) >= OLDEST_NODE ? process.execPath : installedNode()

const child = spawn(node, [resolve(root, 'src/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)))

function installedNode() {
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node')
  } catch {
    console.error(
      `Throughline needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. Run npm ci first.`,
    )
    process.exit(1)
  }
}
