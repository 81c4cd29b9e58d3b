import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pressCtrlC, startThroughline, untilFinished } from '../support/command-line.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { processesNaming } from '../support/processes.ts'

/** It takes half a minute; a busy machine is given ten times as long. */
const PATIENCE_MS = 300_000

let temporary: PrivateFolder
beforeEach(() => {
  temporary = privateFolder()
})
afterEach(() => temporary.remove())

describe('the demo of a quarter', () => {
  it(
    'plays it with --once from goals as code to the retrospective and the next cycle, and ends by itself',
    async () => {
      const settings = { TMPDIR: temporary.path }
      const program = startThroughline(['demo', '--quarter', '--once'], { settings })
      const { code, output, errors } = await untilFinished(program)
      expect({ code, errors }).toEqual({ code: 0, errors: '' })

      console.info(/^A quarter in \d+ s\.$/m.exec(output)?.[0])
      expect(output).toMatch(/^ {2}O-3 team, committed, counts for KR-3: /m)
      for (const measure of ['metric', 'range', 'binary', 'delivery', 'milestones', 'field sum']) {
        expect(output).toMatch(new RegExp(`^ {4}KR-\\d+ {2}${measure} +\\S`, 'm'))
      }
      expect(output).toContain('Applied: 20 goals. Applied again it would change 0.')
      expect(output).toMatch(/vague-verb: .*\n {4}→ Raise rating of our app from 3.9 stars to 4.4 stars/)
      expect(output.match(/^Week \d+ · /gm)).toHaveLength(14)
      expect(output).toContain('⚠ KR-5 scope growth')
      expect(output).toContain('⚠ KR-3 output without outcome')
      expect(output).toContain('✓ KR-3 no longer output without outcome')
      expect(output).toContain('the target of KR-9 moved from 9 to 11: told as a move, not as progress')
      expect(output).toContain('KR-1 shows 48 points; measured were 61')
      expect(output).toContain('KPI-1 is out of its band so far at 12.6 % (Mon 23 Nov)')
      expect(output).toContain('KPI-1 left its band at 12.6 % (Mon 30 Nov)')
      expect(output).toContain('KR-9 depends on KR-7, which is off track.')

      for (const [key, measure, grade, verdict] of [
        ['KR-1', 'metric', '0.80', 'good'],
        ['KR-2', 'range', '0.66', 'progress'],
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
    },
    PATIENCE_MS,
  )

  it(
    'stays with addresses that answer, until Ctrl-C, and leaves only what it wrote',
    async () => {
      const settings = { TMPDIR: temporary.path }
      const program = startThroughline(['demo', '--quarter'], { settings, ownGroup: true })
      const output = await program.untilPrints('Ctrl-C ends it.', PATIENCE_MS)
      const browsed = /Reference page +(\S+)/.exec(output)![1]!
      expect((await fetch(browsed)).status).toBe(200)

      const [, api, header = ''] = /First +api=(\S+) auth='authorization: (.+)'/.exec(output)!
      const requests = [
        ...output.matchAll(/curl -fsS -H "\$auth" (?:-H 'accept: (\S+)' )?"?\$api(\S+?)"?$/gm),
      ]
      expect(requests).toHaveLength(output.match(/ curl /g)!.length)
      for (const [, accept = '*/*', path] of requests) {
        const answer = await fetch(`${api}${path}`, { headers: { authorization: header, accept } })
        expect({ path, status: answer.status }).toEqual({ path, status: 200 })
        expect(await answer.text(), path).not.toMatch(/"items":\[\]|"objectives":\[\]/)
      }

      pressCtrlC(program)
      expect(await program.exit).toEqual({ code: 0, signal: null })
      expect(processesNaming(temporary.path)).toEqual([])
      expect(readdirSync(temporary.path)).toEqual([expect.stringMatching(/^throughline-quarter-/)])
    },
    PATIENCE_MS + 30_000,
  )

  it(
    'ends at once when Ctrl-C comes in the middle, and leaves nothing behind',
    async () => {
      const settings = { TMPDIR: temporary.path }
      const program = startThroughline(['demo', '--quarter'], { settings, ownGroup: true })
      await program.untilPrints('Week 41', PATIENCE_MS)
      pressCtrlC(program)
      expect(await program.exit).toEqual({ code: 130, signal: null })
      expect(program.output()).not.toContain('2026-Q4 is closed')
      expect(processesNaming(temporary.path)).toEqual([])
      expect(readdirSync(temporary.path)).toEqual([])
    },
    PATIENCE_MS,
  )
})
