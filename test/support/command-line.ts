import { spawn, type ChildProcess } from 'node:child_process'
import { delimiter, resolve } from 'node:path'
import { eventually } from './eventually.ts'
import { ROOT } from './working-tree.ts'

type Environment = Readonly<Record<string, string>>

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A command as a user starts it, and what it prints. */
export interface Program {
  readonly process: ChildProcess
  /** Standard output so far. */
  output(): string
  /** Standard error so far. */
  errors(): string
  readonly exit: Promise<Exit>
  untilPrints(text: string | RegExp, withinMs?: number): Promise<string>
}

/** What a user's shell gives to a program: no setting of Throughline, and the Node that npm installed comes first. */
export function shellEnvironment(settings: Environment = {}): Environment {
  const path = [resolve(ROOT, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter)
  const home = process.env.HOME === undefined ? {} : { HOME: process.env.HOME }
  // Compiled sources are kept between starts: tests start many processes.
  const compiled = resolve(ROOT, 'node_modules/.cache/throughline-compiled')
  return { PATH: path, ...home, NODE_COMPILE_CACHE: compiled, ...settings }
}

export interface StartOptions {
  readonly settings?: Environment
  readonly cwd?: string
  /** Starts it in a process group of its own, as a terminal does. */
  readonly ownGroup?: boolean
}

export function startProgram(
  command: string,
  args: readonly string[],
  { settings = {}, cwd = ROOT, ownGroup = false }: StartOptions = {},
): Program {
  const child = spawn(command, args, {
    cwd,
    env: shellEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: ownGroup,
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const exit = new Promise<Exit>((done, fail) => {
    child.once('error', fail)
    child.once('close', (code, signal) => done({ code, signal }))
  })
  return {
    process: child,
    output: () => output,
    errors: () => errors,
    exit,
    untilPrints: async (text, withinMs) => {
      const what = `${command} ${args.join(' ')} to print ${String(text)}`
      const isThere = () => (typeof text === 'string' ? output.includes(text) : text.test(output))
      let hasEnded = false
      void exit.finally(() => (hasEnded = true)).catch(() => undefined)
      await eventually(what, () => isThere() || hasEnded, withinMs)
      if (!isThere()) throw new Error(`waited for ${what}, but it ended:\n${output}\n${errors}`)
      return output
    },
  }
}

/** On a program in a group of its own: a terminal sends Ctrl-C to every process it sees, npm and our starter included. */
export function pressCtrlC(program: Program): void {
  process.kill(-program.process.pid!, 'SIGINT')
}

/** `node src/main.ts …` */
export function startThroughline(args: readonly string[], options?: StartOptions): Program {
  return startProgram('node', [resolve(ROOT, 'src/main.ts'), ...args], options)
}

export interface Finished {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

export async function untilFinished(program: Program): Promise<Finished> {
  const { code } = await program.exit
  return { code, output: program.output(), errors: program.errors() }
}

export const runThroughline = (args: readonly string[], settings: Environment = {}): Promise<Finished> =>
  untilFinished(startThroughline(args, { settings }))
