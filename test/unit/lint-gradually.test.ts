import { expect, it } from 'vitest'
import { lintGradually } from '../../src/app/goals/lint-gradually.ts'
import { lint } from '../../src/domain/lint/lint.ts'
import { CORPUS } from '../lint-corpus/index.ts'
import { keyResultTitled, objectiveOf } from '../support/linted.ts'

const TITLES = Object.values(CORPUS)
  .flatMap((part) => Object.values(part).flat())
  .map(([title]) => title)

/** Counts how often others had their turn. */
function turns() {
  const others = {
    count: 0,
    pause() {
      others.count += 1
      return Promise.resolve()
    },
  }
  return others
}

it('a large set is linted in small steps, and to the same end', async () => {
  const objectives = Array.from({ length: 250 }, (_, place) =>
    objectiveOf([0, 1, 2].map((own) => keyResultTitled(TITLES[(place * 3 + own) % TITLES.length]!))),
  )
  const others = turns()
  const findings = await lintGradually({ objectives }, { locale: 'zh-CN', pause: others.pause })
  expect(findings).toEqual(lint({ objectives }, { locale: 'zh-CN' }))
  expect(others.count).toBe(35)
})

it('a large objective keeps nobody waiting either', async () => {
  const objectives = [objectiveOf(TITLES.slice(0, 500).map((title) => keyResultTitled(title)))]
  const others = turns()
  await lintGradually({ objectives }, { locale: 'en', pause: others.pause })
  expect(others.count).toBe(20)
})
