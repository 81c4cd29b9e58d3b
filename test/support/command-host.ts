import { runCommandLine } from '../../src/cli/program.ts'
import { END_OF_OUTPUT, type HostedCommand } from './hosted-commands.ts'

/** A process that runs one command line after the other, as `src/main.ts` runs one: loading them all takes a second. */
process.on('message', ({ args, environment }: HostedCommand) => {
  void runCommandLine(['node', 'throughline', ...args], environment).then((code) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal)
    process.stdout.write(END_OF_OUTPUT)
    process.stderr.write(END_OF_OUTPUT)
    process.send?.({ code })
  })
})
process.on('disconnect', () => process.exit())
