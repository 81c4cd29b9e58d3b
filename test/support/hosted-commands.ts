import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { shellEnvironment, type Finished } from './command-line.ts'
import { eventually } from './eventually.ts'
import { ROOT } from './working-tree.ts'

/** What the host is asked to run. */
export interface HostedCommand {
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/** Nothing that a command prints. */
export const END_OF_OUTPUT = '\0'

let host: ChildProcess | null = null
let last: Promise<unknown> = Promise.resolve()

/**
 * Runs a command in a process that has run others: what it prints, and the exit code it would end with. That a process
 * of its own prints and ends the same way is shown where commands are started for themselves.
 */
export function runCommand(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const run = last.then(() => runInHost({ args, environment: shellEnvironment(settings) }))
  last = run.catch(() => undefined)
  return run
}

async function runInHost(command: HostedCommand): Promise<Finished> {
  host ??= startHost()
  const printed = { output: '', errors: '' }
  const takeOutput = (text: string) => (printed.output += text)
  const takeErrors = (text: string) => (printed.errors += text)
  host.stdout!.on('data', takeOutput)
  host.stderr!.on('data', takeErrors)
  const answered = once(host, 'message') as Promise<[{ code: number }]>
  const died = once(host, 'exit').then((): never => {
    throw new Error(`the host of commands ended: ${printed.errors}`)
  })
  died.catch(() => undefined)
  host.send(command)
  const [{ code }] = await Promise.race([answered, died])
  await eventually('all that was printed', () =>
    Object.values(printed).every((text) => text.endsWith(END_OF_OUTPUT)),
  )
  host.stdout!.off('data', takeOutput)
  host.stderr!.off('data', takeErrors)
  const { output, errors } = printed
  return { code, output: output.slice(0, -1), errors: errors.slice(0, -1) }
}

function startHost(): ChildProcess {
  const child = fork(resolve(ROOT, 'test/support/command-host.ts'), {
    cwd: ROOT,
    env: shellEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.stdout!.setEncoding('utf8')
  child.stderr!.setEncoding('utf8')
  // It must not keep the tests' process alive; it ends when that does.
  child.unref()
  child.channel?.unref()
  child.once('exit', () => (host = null))
  return child
}
