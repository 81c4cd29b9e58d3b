#!/usr/bin/env node
import { runCommandLine } from './cli/program.ts'

/** What a command that failed or was interrupted left open keeps nobody waiting any longer than this. */
const GRACE_MS = 1_000

process.exitCode = await runCommandLine(process.argv, process.env)
setTimeout(() => process.exit(), GRACE_MS).unref()
