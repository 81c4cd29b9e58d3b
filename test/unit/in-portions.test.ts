import { expect, it } from 'vitest'
import { inPortions } from '../../src/app/cycles/in-portions.ts'

it('goals are read a portion at a time, in their order, whoever is ready first', async () => {
  const goals = Array.from({ length: 250 }, (_, index) => index)
  const told: number[] = []
  let [running, most] = [0, 0]
  const read = await inPortions(
    goals,
    async (goal) => {
      running += 1
      most = Math.max(most, running)
      for (let turn = goal % 7; turn >= 0; turn--) await Promise.resolve()
      running -= 1
      return goal * 2
    },
    (done) => told.push(done),
  )
  expect(read).toEqual(goals.map((goal) => goal * 2))
  expect([most, told]).toEqual([100, [100, 200, 250]])
})
