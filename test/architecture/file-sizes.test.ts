import { basename } from 'node:path'
import { expect, it } from 'vitest'
import { filesOf, textOf } from '../support/working-tree.ts'

const MEDIAN_LINES = 80
const MOST_LINES = 300

const sources = filesOf('src/**/*.ts', 'workers/**/*.ts')
const code = [...sources, ...filesOf('test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts', 'bin/*.js')]

function linesOf(path: string): number {
  return textOf(path).split('\n').length - 1
}

it('keeps files short: half of them under 80 lines, none above 300', () => {
  const sizes = sources.map(linesOf).sort((a, b) => a - b)
  expect(sizes.length).toBeGreaterThan(100)
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES)
  expect(code.filter((path) => linesOf(path) > MOST_LINES)).toEqual([])
})

it('has no drawer for things without a place', () => {
  const drawers = /^(utils?|commons?|shared|helpers?|misc)$/
  const partsOf = (path: string) =>
    path.split('/').map((part) => basename(part).replace(/(\.test)?\.\w+$/, ''))
  expect(code.filter((path) => partsOf(path).some((part) => drawers.test(part)))).toEqual([])
  expect(partsOf('src/app/utils/helpers.test.ts')).toEqual(['src', 'app', 'utils', 'helpers'])
})

it('names files in kebab-case', () => {
  const odd = code.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.(ts|js)$/.test(basename(path)))
  expect(odd).toEqual(['src/adapters/system/messages/zh-CN.ts', 'src/adapters/system/messages/zh-TW.ts'])
})
