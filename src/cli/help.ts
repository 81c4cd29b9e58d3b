import { Help, type Command, type HelpConfiguration, type Option } from 'commander'

const usual = new Help()

/** Help that says which options a command cannot do without: in its usage, and beside each of them. */
export const HELP: HelpConfiguration = {
  commandUsage: (command) => withRequired(usual.commandUsage(command), command),
  subcommandTerm: (command) => withRequired(usual.subcommandTerm(command), command),
  optionDescription: (option) => {
    const text = usual.optionDescription(option)
    return isRequired(option) ? `${text} (required)` : text
  },
}

function withRequired(usage: string, { options }: Command): string {
  const required = options.filter(isRequired).map(({ flags }) => flags)
  return usage.replace('[options]', [...required, '[options]'].join(' '))
}

function isRequired({ mandatory }: Option): boolean {
  return mandatory
}
