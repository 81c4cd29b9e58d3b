import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { createProgram } from '../../src/cli/program.ts'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import { NO_FIELDS } from '../../src/domain/site.ts'
import { anchorsOf, codeLines, codeSpans, relativeLinks } from '../support/markdown.ts'
import { filesOf, ROOT, textOf } from '../support/working-tree.ts'

const documents = filesOf('**/*.md', '.github/**/*.md').map((path) => ({ path, text: textOf(path) }))

/** Whatever a document says in code, with where it says it. */
const code = documents.flatMap(({ path, text }) =>
  [...codeLines(text), ...codeSpans(text)].map((mention) => ({
    text: mention.text,
    where: `${path}:${mention.line}: ${mention.text}`,
  })),
)

function mentions(pattern: RegExp): { words: string; where: string }[] {
  return code.flatMap(({ text, where }) =>
    [...text.matchAll(pattern)].map(([, words]) => ({ words: words!, where })),
  )
}

describe('documents', () => {
  it('link to files and headings that exist', () => {
    const links = documents.flatMap(({ path, text }) =>
      relativeLinks(text).map(({ text: target, line }) => ({
        path,
        target,
        where: `${path}:${line}: ${target}`,
      })),
    )
    expect(links.length).toBeGreaterThan(20)
    const broken = links.filter(({ path, target }) => {
      const [file = '', anchor] = target.split('#')
      const full = file === '' ? path : resolve(ROOT, dirname(path), file)
      return (
        !existsSync(resolve(ROOT, full)) ||
        (anchor !== undefined && !anchorsOf(textOf(full)).includes(anchor))
      )
    })
    expect(broken.map(({ where }) => where)).toEqual([])
  })

  it('name files that exist', () => {
    const folders = 'src|test|workers|scripts|docs|migrations|examples|bench|bin'
    const tests = 'unit|property|contract|integration|architecture|chaos|e2e|support'
    const named = [
      ...mentions(new RegExp(`^((?:${folders})(?:/[\\w./-]+)?)$`, 'g')),
      ...mentions(new RegExp(`^((?:${tests})/[\\w./-]+\\.ts)$`, 'g')).map(({ words, where }) => ({
        words: `test/${words}`,
        where,
      })),
    ]
    expect(named.length).toBeGreaterThan(30)
    expect(named.filter(({ words }) => !existsSync(resolve(ROOT, words))).map(({ where }) => where)).toEqual(
      [],
    )
  })

  it('name npm scripts that exist', () => {
    const scripts: Record<string, string> = manifest.scripts
    const run = mentions(/\bnpm run ([\w:-]+)/g)
    const short = mentions(/\bnpm (start|test)\b/g)
    expect(run.length).toBeGreaterThan(5)
    expect(short.length).toBeGreaterThan(1)
    expect([...run, ...short].filter(({ words }) => !(words in scripts)).map(({ where }) => where)).toEqual(
      [],
    )
  })

  it('name commands, and options of them, that exist', () => {
    const commands = mentions(/\bthroughline(?:\.js)? ([a-z][a-z-]*(?: [\w<>.:'"=/-]+)*)/g).concat(
      mentions(/\bnpm run ((?:demo|replay) -- .+)$/g).map(({ words, where }) => ({
        words: words.replace(' -- ', ' '),
        where,
      })),
    )
    expect(commands.length).toBeGreaterThan(10)
    expect(commands.filter(({ words }) => !isCommand(words)).map(({ where }) => where)).toEqual([])
  })

  it('name commands as they can be pasted', () => {
    const names = createProgram({}).commands.map((command) => command.name())
    const named = code.filter(({ text }) =>
      new RegExp(`(^|\\s)throughline (${names.join('|')})\\b`).test(text),
    )
    expect(named.length).toBeGreaterThan(30)
    expect(named.filter(({ text }) => !text.includes('npx throughline ')).map(({ where }) => where)).toEqual(
      [],
    )
  })

  it('tell of every command in the table of the README', () => {
    const rows = textOf('README.md').match(/^\| `np[mx].+$/gm) ?? []
    const named = rows.map((row) => /`npx throughline ([\w-]+)|`npm (?:run )?([\w-]+)/.exec(row))
    const told = new Set(named.map((row) => row?.[1] ?? row?.[2]?.replace('start', 'serve')))
    const names = createProgram({}).commands.map((command) => command.name())
    expect(names.filter((name) => !told.has(name))).toEqual([])
  })

  it('would be caught naming what does not exist', () => {
    for (const words of [
      'serve',
      'serve --role web',
      'deliveries list --limit 20',
      'replay <folder> --links x.yaml',
    ])
      expect(isCommand(words), words).toBe(true)
    for (const words of [
      'server',
      'deliveries',
      'deliveries drop',
      'serve --port 1',
      'serve --role both',
      'replay',
    ])
      expect(isCommand(words), words).toBe(false)
  })
})

/** Whether the command line takes these words: command, subcommand, options, and the arguments it needs. */
function isCommand(words: string): boolean {
  const rest = words.split(' ')
  let command: Command = createProgram({})
  for (;;) {
    const next = command.commands.find((candidate) => candidate.name() === rest[0])
    if (next === undefined) break
    command = next
    rest.shift()
  }
  if (command.parent === null || command.commands.length > 0) return false
  let given = 0
  while (rest.length > 0) {
    const word = rest.shift()!
    const option = command.options.find(({ long }) => long === word)
    if (option === undefined && word.startsWith('-')) return false
    if (option === undefined) given++
    else if (option.required) {
      const value = rest.shift()
      if (value === undefined || (option.argChoices !== undefined && !option.argChoices.includes(value)))
        return false
    }
  }
  return given >= command.registeredArguments.filter(({ required }) => required).length
}

describe('the README', () => {
  const readme = textOf('README.md')

  it('starts with what works on a fresh clone', () => {
    const [first] = codeLines(readme)
    expect(first?.text).toBe('npm ci && npm run demo')
    expect(manifest.scripts).toHaveProperty('demo')
  })

  it('shows a webhook that moves a key result of the file it applies', () => {
    const body = /^body='(.+)'$/m.exec(readme)?.[1] ?? ''
    const reading = readDelivery(Buffer.from(body), { fields: NO_FIELDS, ownAccountId: null, receivedAt: 0 })
    const issues = reading.kind === 'facts' ? reading.facts.filter(({ kind }) => kind === 'issue') : []
    expect(issues).toMatchObject([{ state: { labels: ['KR-4'], statusCategory: 'done' } }])
    const goals = textOf('examples/okrs.yaml')
    expect(readme).toContain('npx throughline apply examples/okrs.yaml')
    expect(goals.slice(goals.indexOf('key: KR-4'))).toMatch(/^key: KR-4\n.+\n +measure: \{ kind: delivery/)
  })
})
