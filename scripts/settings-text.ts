import { SETTINGS, type Setting } from '../src/settings.ts'

const settings: readonly (readonly [string, Setting])[] = Object.entries(SETTINGS)

/** `.env.example`: every setting, switched off, so that a copy of the file changes nothing until it is edited. */
export function environmentExample(): string {
  const head = [
    '# Every setting of Throughline. Copy this file to .env and take the # away from what you set.',
    '# Written by `npm run settings` from src/settings.ts; docs/environment.md says the same.',
  ]
  const entries = settings.map(([name, { about, otherwise, example }]) => [
    `# ${about}`,
    `# Without it: ${otherwise}`,
    `#${name}=${quoted(example)}`,
  ])
  return [head, ...entries].map((lines) => lines.join('\n')).join('\n\n') + '\n'
}

/** `docs/environment.md`. */
export function environmentPage(): string {
  const head = `# Settings

Throughline reads its settings from the environment. \`npm start\`, \`npm run worker\` and \`npx throughline\` add what a file
called \`.env\` in the folder they are run in says; [.env.example](../.env.example) is one to copy. A setting that is wrong, or that
cannot work together with another, ends the start with one message that names every such setting; values of secrets are
never quoted in it.

This page is written by \`npm run settings\` from \`src/settings.ts\`.`
  const entries = settings.map(([name, { schema, about, otherwise, example, isSecret }]) =>
    [
      `## ${name}`,
      '',
      isSecret ? `${about} A secret: it is never logged.` : about,
      '',
      `- Without it: ${isDefault(schema, otherwise) ? `\`${otherwise}\`` : otherwise}`,
      `- Example: \`${example}\``,
    ].join('\n'),
  )
  return [head, ...entries].join('\n\n') + '\n'
}

/** Whether the words for "without it" are the value itself. */
function isDefault(schema: Setting['schema'], otherwise: string): boolean {
  return String(schema.safeParse(undefined).data) === otherwise
}

/** As shells, Docker Compose and Node read it alike: what is not plain stands in single quotes. */
function quoted(value: string): string {
  return /^[\w./:@,-]*$/.test(value) ? value : `'${value}'`
}
