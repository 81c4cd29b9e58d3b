import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Benchmark, Figure } from './benchmark.ts'
import { intake } from './intake.ts'
import { startSurroundings } from './surroundings.ts'

const BENCHMARKS: Readonly<Record<string, Benchmark>> = { intake }
const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } })
await using surroundings = await startSurroundings({ isQuick: values.quick, say: (l) => process.stdout.write(l + '\n') })
for (const name of positionals) console.table(await BENCHMARKS[name]!(surroundings))
