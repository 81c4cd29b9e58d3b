import { execFileSync } from 'node:child_process'

interface ListedProcess {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

function listProcesses(): ListedProcess[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 24 })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, command]) => ({ pid: Number(pid), parent: Number(parent), command: command! }))
}

/** Command lines of processes that name this text, such as a folder of ours. */
export function processesNaming(text: string): string[] {
  return listProcesses()
    .filter(({ pid, command }) => pid !== process.pid && command.includes(text))
    .map(({ command }) => command)
}

function childrenOf(pid: number): number[] {
  return listProcesses()
    .filter(({ parent }) => parent === pid)
    .map((child) => child.pid)
}

/** Signals a process and everything it started, at one moment; what is gone already stays gone. */
export function signalWithChildren(pid: number, signal: NodeJS.Signals): void {
  for (const one of [pid, ...childrenOf(pid)]) {
    try {
      process.kill(one, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
