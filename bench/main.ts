import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { backfill } from './backfill.ts'
import { backtest } from './backtest.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { burst } from './burst.ts'
import { closing } from './closing.ts'
import { eventCost } from './event-cost.ts'
import { forecast } from './forecast.ts'
import { intake } from './intake.ts'
import { latency } from './latency.ts'
import { okrs } from './okrs.ts'
import { overtake } from './overtake.ts'
import { plan } from './plan.ts'
import { rebuild } from './rebuild.ts'
import { asJson, describe } from './report.ts'
import { startSurroundings } from './surroundings.ts'
import { timer } from './timer.ts'

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  intake,
  latency,
  'event-cost': eventCost,
  burst,
  backfill,
  rebuild,
  forecast,
  timer,
  overtake,
  plan,
  okrs,
  closing,
  backtest,
}

const USAGE = `npm run bench -- [names] [--quick] [--json FILE]
  names    ${Object.keys(BENCHMARKS).join(', ')}; all of them when none is given
  --quick  small sizes: shows that the benchmarks work, the figures mean nothing
  --json   writes { name: { value, baseline, ratio } }`

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Runs benchmarks one after another. A missed target is told, not an error: only what breaks ends in exit code 1. */
async function run(names: readonly string[], isQuick: boolean, jsonFile: string | undefined): Promise<void> {
  const figures: Figure[] = []
  await using surroundings = await startSurroundings({ isQuick, say: (line) => say(`  ${line}`) })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void surroundings.close().finally(() => process.exit(130)))
  }
  for (const name of names) {
    const startAt = performance.now()
    say(`${name} …`)
    figures.push(...(await BENCHMARKS[name]!(surroundings)))
    say(`  done in ${((performance.now() - startAt) / 1_000).toFixed(0)} s`)
  }
  say(`\n${describe(figures)}`)
  if (jsonFile !== undefined) writeFileSync(jsonFile, asJson(figures))
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const unknown = positionals.filter((name) => !Object.hasOwn(BENCHMARKS, name))
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) say(`There is no benchmark called ${unknown.join(', ')}.`)
  say(USAGE)
  process.exitCode = unknown.length > 0 ? 2 : 0
} else {
  await run(positionals.length > 0 ? positionals : Object.keys(BENCHMARKS), values.quick, values.json)
}
