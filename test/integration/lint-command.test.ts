import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../support/hosted-commands.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'

let folder: PrivateFolder
beforeEach(() => {
  folder = privateFolder()
})
afterEach(() => folder.remove())

const GOOD = `version: 1
cycles:
  - { key: 2026-Q4, title: Q4, startDay: 2026-10-01, endDay: 2026-12-31 }
objectives:
  - key: O-1
    cycle: 2026-Q4
    title: Customers recommend us
    owner: Ada
    keyResults:
      - key: KR-1
        title: NPS from 45 to 55
      - title: 每月流失率保持在 5% 以下
`
const WEAK = `${GOOD}      - key: KR-3
        measure: { kind: metric, unit: NPS, baseline: 45, target: 55 }
        title: Improve customer satisfaction
`

function lint(content: string, ...args: string[]) {
  const file = join(folder.path, 'okrs.yaml')
  writeFileSync(file, content)
  return runCommand(['lint', file, ...args])
}

describe('throughline lint', () => {
  it('prints line, key, rule, message and suggestion, and succeeds', async () => {
    const { code, output, errors } = await lint(WEAK)
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    const file = join(folder.path, 'okrs.yaml')
    expect(output.split('\n').slice(2)).toEqual([
      `${file}:15 KR-3 vague-verb “Improve” says a direction, but neither of what number nor how far.`,
      '    → Raise customer satisfaction from 45 NPS to 55 NPS by the end of the quarter',
      '1 found: vague-verb 1; 1 question: reverse-check 1.',
      '',
    ])
  })

  it('counts every finding that it printed', async () => {
    const { output } = await lint(
      `${WEAK}      - key: KR-4\n        title: Better onboarding\n      - title: Launch it\n`,
    )
    const printed = output.split('\n').filter((line) => line.startsWith('    → ')).length
    const summary = output.trimEnd().split('\n').at(-1) ?? ''
    const [, found, questions] = /^(\d+) found: .+; (\d+) questions?: /.exec(summary) ?? []
    expect(Number(found) + Number(questions)).toBe(printed)
    const byRule = [...summary.matchAll(/[a-z-]+ (\d+)(?=[,;.])/g)].map(([, count]) => Number(count))
    expect(byRule.reduce((sum, count) => sum + count, 0)).toBe(printed)
  })

  it('prints the same as JSON, in the language that is asked for', async () => {
    const { code, output } = await lint(WEAK, '--json', '--language', 'zh-CN')
    expect(code).toBe(0)
    expect(JSON.parse(output)).toMatchObject({
      findings: [
        { line: 7, rule: 'reverse-check' },
        {
          line: 15,
          rule: 'vague-verb',
          keyResultKey: 'KR-3',
          message: expect.stringContaining('方向') as string,
        },
      ],
      counts: { 'reverse-check': 1, 'vague-verb': 1 },
    })
  })

  it('fails only when strict, and not for the question', async () => {
    expect((await lint(WEAK, '--strict')).code).toBe(1)
    const good = await lint(GOOD, '--strict')
    expect(good.code).toBe(0)
    expect(good.output).toMatch(/reverse-check[\s\S]+\nNothing found; 1 question: reverse-check 1\.\n$/)
  })

  it('tells by line what it cannot read', async () => {
    const broken = await lint(
      GOOD.replace('owner: Ada', 'owner: [Ada]').replace('NPS from 45 to 55', '{ a: 1 }'),
    )
    expect([broken.code, broken.output]).toEqual([2, ''])
    expect(broken.errors).toMatch(
      /okrs\.yaml:8 objectives\.0\.owner .+\n.+okrs\.yaml:11 objectives\.0\.keyResults\.0\.title /,
    )
    const missing = await runCommand(['lint', join(folder.path, 'nowhere.yaml')])
    expect([missing.code, missing.output]).toEqual([2, ''])
    expect(missing.errors).toContain('nowhere.yaml cannot be read: there is no file')
  })
})
