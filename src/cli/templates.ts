import type { Command } from 'commander'
import { removeTemplate, saveTemplate } from '../app/cycles/goal-templates.ts'
import { startFromTemplate } from '../app/cycles/start-from-template.ts'
import { ThroughlineError } from '../app/errors.ts'
import { hintsOnStarted } from '../app/goals/hints-on-many.ts'
import { readSettings } from '../config.ts'
import { templateCreation } from '../contracts/api/template.ts'
import { inputProblems } from '../contracts/problem-text.ts'
import type { CycleKey } from '../domain/ids.ts'
import { authorOf, byOption, reasonOption, type AuthorFlags } from './author.ts'
import { startedText, templatesText } from './cycle-text.ts'
import { cycleNamed } from './cycle.ts'
import { lintOptionsOf, sayHints } from './hints.ts'
import { longTask } from './long-task.ts'
import { say, withService } from './one-off.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** `throughline template …`: sets of objectives that cycles are started from. */
export function addTemplateCommands(program: Command, environment: Environment): void {
  const template = program.command('template').description('save objectives to start other cycles from')
  template
    .command('list')
    .description('the templates there are')
    .action(() =>
      withService(readSettings(environment), async ({ database }) => {
        say(templatesText(await database.records.templates.list()))
      }),
    )
  template
    .command('save')
    .argument('<name>', 'what it is to be called, for example growth-quarter')
    .requiredOption('--cycle <key>', 'the cycle whose objectives it is made of', cycleNamed)
    .option('--title <title>', 'in words; left out: its name')
    .option('--owners', 'keep who answers for what')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('save the objectives of a cycle')
    .action((name: string, options: SaveOptions) =>
      withService(readSettings(environment), async (service) => {
        const given = checked({ name, title: options.title ?? name, cycle: options.cycle })
        const keepsOwners = options.owners === true
        await longTask(`Saving ${name}`, () =>
          saveTemplate({ ...service, ...authorOf(options) }, { ...given, keepsOwners }),
        )
        say(`Saved: ${name}`)
      }),
    )
  template
    .command('remove')
    .argument('<name>', 'the name of a template')
    .addOption(byOption())
    .addOption(reasonOption())
    .description('forget a template; goals that were made from it stay')
    .action((name: string, flags: AuthorFlags) =>
      withService(readSettings(environment), async (service) => {
        await removeTemplate({ ...service, ...authorOf(flags) }, name)
        say(`Removed: ${name}`)
      }),
    )
  template
    .command('use')
    .argument('<name>', 'the name of a template')
    .requiredOption('--cycle <key>', 'the cycle that gets its objectives', cycleNamed)
    .addOption(byOption())
    .addOption(reasonOption())
    .description('make its objectives in a cycle, with new keys')
    .action((name: string, { cycle, ...flags }: AuthorFlags & { readonly cycle: CycleKey }) =>
      withService(readSettings(environment), async (service) => {
        const deps = { ...service, ...authorOf(flags) }
        const { started, hints } = await longTask(`Starting ${cycle} from ${name}`, async () => {
          const made = await startFromTemplate(deps, { cycle, template: name })
          const options = lintOptionsOf(environment)
          return { started: made, hints: await hintsOnStarted(service.database.records, made, options) }
        })
        say(startedText(started))
        sayHints(hints)
      }),
    )
}

interface SaveOptions extends AuthorFlags {
  readonly cycle: CycleKey
  readonly title?: string
  readonly owners?: boolean
}

/** The same rules as over HTTP. */
function checked(given: { readonly name: string; readonly title: string; readonly cycle: CycleKey }) {
  const read = templateCreation.safeParse(given)
  if (read.success) return read.data
  const problems = inputProblems(read.error.issues, given)
  throw new ThroughlineError(
    'OKR_INPUT_INVALID',
    `The template cannot be saved: ${problems.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
    { problems },
  )
}
