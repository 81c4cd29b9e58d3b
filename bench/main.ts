import { parseArgs } from 'node:util'
import type { Benchmark } from './benchmark.ts'
import { backfill } from './backfill.ts'
import { burst } from './burst.ts'
import { eventCost } from './event-cost.ts'
import { intake } from './intake.ts'
import { latency } from './latency.ts'
import { rebuild } from './rebuild.ts'
import { startSurroundings } from './surroundings.ts'

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  intake,
  latency,
  'event-cost': eventCost,
  burst,
  backfill,
  rebuild,
}
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
})
await using surroundings = await startSurroundings({
  isQuick: values.quick,
  say: (l) => process.stdout.write(l + '\n'),
})
for (const name of positionals) console.log(await BENCHMARKS[name]!(surroundings))
