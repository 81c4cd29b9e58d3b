import { describe, expect, it } from 'vitest'
import type { Log } from '../../src/app/ports/log.ts'
import { Interrupted, shutDown, unlessStopped, type StopRequest } from '../../src/lifecycle.ts'

function listeningLog(): { log: Log; told: string[] } {
  const told: string[] = []
  const note = (_details: object, message: string) => void told.push(message)
  return { log: { info: note, warn: note, error: note }, told }
}

const forever = () => new Promise<never>(() => undefined)

describe('a shutdown', () => {
  it('runs its phases one after the other', async () => {
    const { log, told } = listeningLog()
    const done: string[] = []
    const phase = (name: string) => ({
      name,
      timeoutMs: 1_000,
      run: async () => {
        done.push(`${name} begins`)
        await Promise.resolve()
        done.push(`${name} ends`)
      },
    })
    await shutDown([phase('requests'), phase('stores')], log)
    expect(done).toEqual(['requests begins', 'requests ends', 'stores begins', 'stores ends'])
    expect(told).toEqual([])
  })

  it('leaves a phase that hangs or fails, says so, and goes on', async () => {
    const { log, told } = listeningLog()
    let isClosed = false
    const phases = [
      { name: 'requests', timeoutMs: 10, run: forever },
      { name: 'jobs', timeoutMs: 1_000, run: () => Promise.reject(new Error('no')) },
      { name: 'stores', timeoutMs: 1_000, run: () => Promise.resolve(void (isClosed = true)) },
    ]
    await shutDown(phases, log)
    expect(isClosed).toBe(true)
    expect(told).toEqual(['a shutdown phase took too long and was left', 'a shutdown phase failed'])
  })
})

describe('work that may be stopped', () => {
  const never: StopRequest = { requested: forever(), signal: new AbortController().signal }
  const now: StopRequest = { requested: Promise.resolve('SIGTERM'), signal: AbortSignal.abort() }

  it('gives its value, or its error', async () => {
    expect(await unlessStopped(never, Promise.resolve(7))).toBe(7)
    await expect(unlessStopped(never, Promise.reject(new Error('no')))).rejects.toThrow('no')
  })

  it('is left when the process is to end, with the exit code that shells know', async () => {
    const stopped = unlessStopped(now, forever())
    await expect(stopped).rejects.toThrow(Interrupted)
    await expect(stopped).rejects.toMatchObject({ exitCode: 143 })
  })
})
