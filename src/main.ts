#!/usr/bin/env node
import { runCommandLine } from './cli/program.ts'

/** What a command that failed or was interrupted left open keeps nobody waiting any longer than this. */
const GRACE_MS = 1_000

// A reader that has seen enough, such as `head`, does not end what is under way.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCommandLine(process.argv, process.env)
setTimeout(() => process.exit(), GRACE_MS).unref()
