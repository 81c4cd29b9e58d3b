import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isAlive } from './embedded-process.ts'

const POLL_MS = 25

/**
 * Runs `work` while no other process does so in this folder. The lock is a file that appears whole, with the id of
 * the process that holds it; one whose process is gone is taken over.
 */
export async function exclusively<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = resolve(folder, 'lock')
  await acquire(folder, lock)
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

async function acquire(folder: string, lock: string): Promise<void> {
  while (!(await appearsWhole(lock, String(process.pid)))) {
    const holder = await readFile(lock, 'utf8').catch(() => '')
    if (holder !== '' && !isAlive(Number(holder))) await breakLock(folder, lock, holder)
    else await new Promise((done) => setTimeout(done, POLL_MS))
  }
}

/** Of several that find the lock abandoned one moves it away; who moved a new one by mistake puts it back. */
async function breakLock(folder: string, lock: string, holder: string): Promise<void> {
  const aside = resolve(folder, `lock.broken.${process.pid}`)
  try {
    await rename(lock, aside)
    if ((await readFile(aside, 'utf8')) !== holder) await link(aside, lock)
  } catch {
    return
  } finally {
    await rm(aside, { force: true })
  }
}

let files = 0

/** Makes a file with its content in one step. False when there is one already. */
export async function appearsWhole(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${++files}`
  await writeFile(draft, content, { mode: 0o600 })
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}
