import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { ManyHints } from '../app/goals/hints-on-many.ts'
import type { LintOptions } from '../app/goals/lint-gradually.ts'
import { languageOf } from '../contracts/api/lint.ts'
import type { Locale } from '../domain/writeback/messages.ts'
import { singleLine } from '../domain/writeback/plain-text.ts'
import { say } from './one-off.ts'

type Environment = Readonly<Record<string, string | undefined>>

const MOST_SHOWN = 5

/** How the linter speaks to whoever runs a command. */
export function lintOptionsOf(environment: Environment): LintOptions {
  return { locale: languageOfSystem(environment), pause: () => turnOfOthers() }
}

/** `zh_TW.UTF-8` as the system says it. */
export function languageOfSystem({ LC_ALL, LC_MESSAGES, LANG }: Environment): Locale {
  const name = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '')
  return languageOf(name?.replace(/[.@].*$/, '').replaceAll('_', '-'))
}

/** Prints what could be better about what a command writes: the first few, and how many more; nothing without any. */
export function sayHints({ findings, more }: ManyHints): void {
  if (findings.length === 0) return
  say('Hints, which keep nothing from being written:')
  for (const { rule, message, suggestion, subject } of findings.slice(0, MOST_SHOWN)) {
    const key = subject.keyResult === null ? subject.objectiveKey : subject.keyResultKey
    // Titles of a file from anybody: nothing in them may steer a terminal.
    say(`  ${singleLine(`${key === null ? '' : `${key} `}${rule} ${message}`)}`)
    say(`    → ${singleLine(suggestion)}`)
  }
  const further = findings.length - Math.min(findings.length, MOST_SHOWN) + more
  if (further > 0) say(`  … and ${further} more: npx throughline lint reads a whole file`)
}
