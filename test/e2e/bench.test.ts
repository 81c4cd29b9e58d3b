import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { ROOT } from '../support/working-tree.ts'

const run = promisify(execFile)

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

const NAMES = [
  'intake',
  'latency.postgres',
  ...(hasRedis ? ['latency.redis'] : []),
  'event-cost',
  'burst.recomputes',
  'burst.comments',
  'burst.drain',
  'backfill',
  'backfill.at-once',
  'backfill.memory',
  'rebuild',
  'forecast',
  'forecast.limit',
  'forecast.history',
  'timer',
  'timer.limit',
  'overtake.postgres',
  ...(hasRedis ? ['overtake.redis'] : []),
  'overtake.share',
  'plan',
  'plan.limit',
  'plan.past',
  'plan.past.limit',
  'okrs',
  'okrs.limit',
  'closing',
  'closing.limit',
  'closing.preview',
  'backtest',
  'backtest.limit',
  'backtest.twice',
]

it(
  'npm run bench measures everything and writes the figures as one flat object',
  { timeout: 180_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-test-'))
    const json = join(folder, 'figures.json')
    try {
      const { stdout } = await run(process.execPath, [
        resolve(ROOT, 'bench/main.ts'),
        '--quick',
        '--json',
        json,
      ])
      const figures = JSON.parse(readFileSync(json, 'utf8')) as Record<string, Record<string, number>>
      expect(Object.keys(figures)).toEqual(NAMES)
      for (const [name, figure] of Object.entries(figures)) {
        expect(Object.keys(figure), name).toEqual(['value', 'baseline', 'ratio'])
        for (const [part, value] of Object.entries(figure)) {
          expect(Number.isFinite(value) && value > 0, `${name}.${part} is ${value}`).toBe(true)
        }
        expect(figure['ratio'], name).toBeCloseTo(figure['value']! / figure['baseline']!)
        expect(stdout).toContain(`\n${name} `)
        expect(stdout).toContain(`\n${name}: `)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

it('npm run bench refuses a name that it does not have', async () => {
  const refused = run(process.execPath, [resolve(ROOT, 'bench/main.ts'), 'nothing'])
  await expect(refused).rejects.toMatchObject({
    code: 2,
    stdout: expect.stringContaining('event-cost') as string,
  })
})
