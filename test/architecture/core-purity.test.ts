import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyTree, ROOT, runTool, type TreeCopy } from '../support/working-tree.ts'

const CORE = ['-p', 'tsconfig.core.json', '--pretty', 'false']

/** What only exists where there is a platform: none of it may compile in the core. */
const PLATFORM: readonly (readonly [string, string])[] = [
  ['process', 'export const x = process.argv'],
  ['fetch', `export const x = () => fetch('http://localhost')`],
  ['setTimeout', 'export const x = () => setTimeout(() => undefined, 1)'],
  ['Buffer', `export const x = Buffer.from('')`],
  ['console', `export const x = () => console.log('')`],
  ['node-imports', `import { readFileSync } from 'node:fs'\nexport const x = readFileSync`],
  ['window', 'export const x = window'],
]

const PLANTED = ['src/domain', 'src/app'].flatMap((folder) =>
  PLATFORM.map(([name, text]) => [name, `${folder}/planted-${name}.ts`, text] as const),
)

describe('the core', () => {
  let tree: TreeCopy
  let output: string

  beforeAll(async () => {
    tree = copyTree()
    for (const [, file, text] of PLANTED) tree.plant({ [file]: text })
    output = (await runTool(tree.root, 'tsc', ...CORE)).output
  })
  afterAll(() => tree.remove())

  it('compiles without a platform', async () => {
    expect(await runTool(ROOT, 'tsc', ...CORE)).toEqual({ code: 0, output: '' })
  })

  it.each(PLANTED)('knows no %s in %s', (_, file) => {
    expect(output).toMatch(new RegExp(`^${file}\\(\\d+,\\d+\\): error TS2(304|307|580|581|584|591):`, 'm'))
  })
})
