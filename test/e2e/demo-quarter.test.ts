import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startThroughline, untilFinished } from '../support/command-line.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'

let temporary: PrivateFolder
beforeEach(() => {
  temporary = privateFolder()
})
afterEach(() => temporary.remove())

describe('the demo of a quarter', () => {
  it('plays it with --once from goals as code to the retrospective and the next cycle, and ends by itself', async () => {
    const settings = { TMPDIR: temporary.path }
    const program = startThroughline(['demo', '--quarter', '--once'], { settings })
    const { code, output, errors } = await untilFinished(program)
    expect({ code, errors }).toEqual({ code: 0, errors: '' })

    expect(output).toContain('Applied: 20 goals. Applied again it would change 0.')
    expect(output).toMatch(/vague-verb: .*\n {4}→ Raise stars from 3.9 to 4.4/)
    expect(output.match(/^Week \d+ · /gm)).toHaveLength(14)
    expect(output).toContain('⚠ KR-5 scope growth')
    expect(output).toContain('⚠ KR-3 output without outcome')
    expect(output).toContain('✓ KR-3 no longer output without outcome')
    expect(output).toContain('the target of KR-9 moved from 9 to 11: told as a move, not as progress')
    expect(output).toContain('KR-1 shows 48 points; measured were 61')
    expect(output).toContain('KPI-1 left its band at 12.6 % (Mon 23 Nov)')
    expect(output).toContain('KR-9 depends on KR-7, which is off track.')

    for (const [key, measure, grade, verdict] of [
      ['KR-1', 'metric', '0.80', 'good'],
      ['KR-2', 'range', '0.67', 'progress'],
      ['KR-3', 'metric', '1.00', 'pass'],
      ['KR-4', 'binary', '1.00', 'pass'],
      ['KR-5', 'delivery', '1.00', 'pass'],
      ['KR-6', 'milestones', '0.80', 'miss'],
      ['KR-7', 'delivery', '0.79', 'good'],
      ['KR-8', 'field sum', '1.00', 'good'],
    ] as const) {
      expect(output).toMatch(new RegExp(`^ +${key} .* ${measure} +${grade} +${verdict}$`, 'm'))
    }
    expect(output).toContain('# Retrospective: Fourth quarter of 2026 (2026-Q4)')
    expect(output).toMatch(/^ {2}KR-9 in O-\d+ .*\(starts from 11.4, not 18\)$/m)

    const written = [...output.matchAll(/^Written: (.+)$/gm)].map(([, path]) => path!)
    expect(written).toHaveLength(2)
    const [retrospective = '', map = ''] = written
    expect(output).toContain(readFileSync(retrospective, 'utf8'))
    expect(readFileSync(map, 'utf8')).toMatch(/^<svg/)
    // The database is gone; what was written stays.
    expect(readdirSync(temporary.path)).toEqual([basename(dirname(retrospective))])
  }, 400_000)
})
