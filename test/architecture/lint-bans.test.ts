import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/working-tree.ts'

/** Files that exist: the typed rules read what is said in their place, without it being written. */
const DOMAIN = 'src/domain/time.ts'
const APP = 'src/app/sweep.ts'
const ENTRY = 'src/main.ts'
const TEST = 'test/support/silent-log.ts'

const eslint = new ESLint({ cwd: ROOT })

async function rulesBroken(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${ROOT}/${file}` })
  return result!.messages.map(({ ruleId, message }) => ruleId ?? `not linted: ${message}`)
}

const BANNED: readonly (readonly [string, string, string, string])[] = [
  ['the present in the domain', DOMAIN, 'export const x = new Date()', 'no-restricted-syntax'],
  ['the clock in the domain', DOMAIN, 'export const x = Date.now()', 'no-restricted-syntax'],
  [
    "Temporal's clock in the domain",
    DOMAIN,
    'export const x = Temporal.Now.instant()',
    'no-restricted-syntax',
  ],
  ['chance in the domain', DOMAIN, 'export const x = Math.random()', 'no-restricted-syntax'],
  ['async functions in the domain', DOMAIN, 'export const x = async () => {}', 'no-restricted-syntax'],
  ['await in the domain', DOMAIN, 'await Promise.resolve()\nexport {}', 'no-restricted-syntax'],
  ['the environment in the domain', DOMAIN, 'export const x = process.env', 'no-restricted-syntax'],
  ['the environment in a use case', APP, 'export const x = process.env', 'no-restricted-syntax'],
  ['any', APP, 'export const x = (y: any) => typeof y', '@typescript-eslint/no-explicit-any'],
  [
    'promises nobody waits for',
    APP,
    'Promise.resolve()\nexport {}',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'a switch that forgets a case',
    APP,
    `export function x(y: 'a' | 'b') {\n  switch (y) {\n    case 'a':\n      return 1\n  }\n}`,
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  ['module mocks', TEST, `import { vi } from 'vitest'\nvi.mock('node:fs')`, 'no-restricted-syntax'],
  ['files of more than 300 lines', APP, 'export {}\n'.repeat(301), 'max-lines'],
]

const ALLOWED: readonly (readonly [string, string, string])[] = [
  ['a given instant in the domain', DOMAIN, 'export const x = new Date(0)'],
  ['the clock outside the domain', APP, 'export const x = Date.now()'],
  ['the environment at the entry point', ENTRY, 'export const x = process.env'],
  ['300 lines', APP, 'export {}\n'.repeat(300)],
]

describe('lint', () => {
  it.each(BANNED)('refuses %s', async (_, file, text, rule) => {
    expect(await rulesBroken(file, text)).toContain(rule)
  })

  it.each(ALLOWED)('takes %s', async (_, file, text) => {
    expect(await rulesBroken(file, text)).toEqual([])
  })
})
