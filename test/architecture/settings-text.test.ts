import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { environmentExample, environmentPage } from '../../scripts/settings-text.ts'
import { readSettings } from '../../src/config.ts'
import { SETTINGS } from '../../src/settings.ts'
import { textOf } from '../support/working-tree.ts'

const names = Object.keys(SETTINGS)

describe('the settings as they are documented', () => {
  it('are the settings that are read: run `npm run settings` after a change', () => {
    expect(names.length).toBeGreaterThan(10)
    expect(textOf('.env.example')).toBe(environmentExample())
    expect(textOf('docs/environment.md')).toBe(environmentPage())
  })

  it('name every setting once, in .env.example and in docs/environment.md', () => {
    expect([...environmentExample().matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name)).toEqual(names)
    expect([...environmentPage().matchAll(/^## (.+)$/gm)].map(([, name]) => name)).toEqual(names)
  })

  it('change nothing while they stand behind a #', () => {
    expect(parseEnv(textOf('.env.example'))).toEqual({})
  })

  it('have examples that work together, read from a file as Node reads it', () => {
    const environment = parseEnv(textOf('.env.example').replaceAll(/^#(?=[A-Z_]+=)/gm, ''))
    expect(Object.keys(environment).sort()).toEqual([...names].sort())
    expect(readSettings(environment).config.jira.labelPattern).toBe(SETTINGS.JIRA_LABEL_PATTERN.example)
  })
})
