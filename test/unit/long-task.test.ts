import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { longTask } from '../../src/cli/long-task.ts'

const output = () => new PassThrough() as unknown as NodeJS.WriteStream & PassThrough
const everything = (stream: PassThrough) => String(stream.read() ?? '')

describe('a task at the command line', () => {
  it('says nothing while it is quick', async () => {
    const stream = output()
    expect(await longTask('Closing', () => Promise.resolve(7), { output: stream })).toBe(7)
    expect(everything(stream)).toBe('')
  })

  it('says that it is under way and how far it has come once it is not, and what it came to all the same', async () => {
    const stream = output()
    const said = new Promise<string>((resolve) => {
      stream.once('data', (line) => {
        resolve(String(line))
      })
    })
    const done = await longTask(
      'Closing',
      async (tell) => {
        tell(100, 5_000)
        return said
      },
      { output: stream, patienceMs: 1 },
    )
    expect(done).toMatch(/^Closing … 100 of 5000 key results, \d+ s\n$/)
  })

  it('fails with what it failed with', async () => {
    const fails = () => Promise.reject(new Error('away'))
    await expect(longTask('Closing', fails, { output: output() })).rejects.toThrow('away')
  })
})
