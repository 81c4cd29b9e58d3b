import { expect, it } from 'vitest'
import { createSlots } from '../../src/app/slots.ts'

it('runs so many tasks at once, the others in the order they came, also after failures', async () => {
  const slots = createSlots(2)
  const started: number[] = []
  const ends: PromiseWithResolvers<number>[] = []
  const runs = [0, 1, 2, 3, 4].map((task) => {
    const end = Promise.withResolvers<number>()
    ends.push(end)
    return slots.run(() => {
      started.push(task)
      return end.promise
    })
  })
  expect(started).toEqual([0, 1])
  ends[1]!.resolve(1)
  await runs[1]
  await Promise.resolve()
  expect(started).toEqual([0, 1, 2])
  ends[0]!.reject(new Error('failed'))
  await expect(runs[0]).rejects.toThrow('failed')
  expect(started).toEqual([0, 1, 2, 3])
  for (const end of ends) end.resolve(0)
  await Promise.all(runs.slice(1))
  expect(started).toEqual([0, 1, 2, 3, 4])
  expect(await slots.run(() => Promise.resolve('free again'))).toBe('free again')
})
