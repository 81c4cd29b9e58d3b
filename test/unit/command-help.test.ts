import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

/** The description of each option as `--help` prints it, on one line. */
function describedIn(help: string): Map<string, string> {
  const [, options = ''] = /\nOptions:\n([\s\S]+?)(?:\n\n|\n$)/.exec(help) ?? []
  const entries = options.replaceAll(/\n {6,}/g, ' ').split('\n')
  return new Map(
    entries.flatMap((entry) => {
      const [, name, text = ''] = /(--[a-z-]+)(.*)/.exec(entry) ?? []
      return name === undefined ? [] : [[name, text]]
    }),
  )
}

describe('the help of a command', () => {
  const commands = everyCommand(createProgram({}))

  it('says of each option that is required that it is, and of no other', () => {
    for (const command of commands) {
      const described = describedIn(command.helpInformation())
      for (const { long, mandatory } of command.options) {
        const text = described.get(long ?? '')
        expect(text, `${command.name()} ${long}`).toBeDefined()
        expect(text?.endsWith('(required)'), `${command.name()} ${long}`).toBe(mandatory)
      }
    }
  })

  it('names them in its usage and in the list of the command above it', () => {
    const rollOver = commands.find((command) => command.name() === 'roll-over')!
    expect(rollOver.helpInformation()).toContain(
      'Usage: throughline cycle roll-over --into <cycle> [options] <key>',
    )
    expect(rollOver.parent!.helpInformation()).toContain('roll-over --into <cycle> [options] <key>')
    expect(commands.some(({ options }) => options.some(({ mandatory }) => mandatory))).toBe(true)
  })
})
