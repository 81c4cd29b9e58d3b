import type { Finding } from '../../src/domain/lint/finding.ts'
import { lint } from '../../src/domain/lint/lint.ts'
import type { LintedKeyResult, LintedMeasure, LintedObjective } from '../../src/domain/lint/linted-set.ts'
import type { Locale } from '../../src/domain/writeback/messages.ts'

export const NPS: LintedMeasure = { kind: 'metric', unit: 'NPS', baseline: 45, target: 55 }

/** A key result that has everything but a good title. */
export function keyResultTitled(title: string, given: Partial<LintedKeyResult> = {}): LintedKeyResult {
  return { key: null, title, description: '', measure: null, owner: 'Ada', dueDay: null, ...given }
}

/** An objective in the last quarter of a year, with an owner. */
export function objectiveOf(
  keyResults: readonly LintedKeyResult[],
  given: Partial<LintedObjective> = {},
): LintedObjective {
  return {
    key: 'O-1',
    title: 'Customers recommend us',
    description: '',
    owner: 'Ada',
    level: 'team',
    startDay: '2026-10-01',
    dueDay: '2026-12-31',
    hasCycle: true,
    keyResults,
    ...given,
  }
}

/** What is said of one key result. */
export function findingsOn(keyResult: LintedKeyResult, locale: Locale = 'en'): Finding[] {
  return lint({ objectives: [objectiveOf([keyResult])] }, { locale }).filter(
    ({ subject }) => subject.keyResult !== null,
  )
}

export function rulesOn(title: string, given: Partial<LintedKeyResult> = {}): string[] {
  return findingsOn(keyResultTitled(title, given)).map(({ rule }) => rule)
}

/** The rules found on objectives themselves. */
export function rulesOfObjective(objective: LintedObjective): string[] {
  return lint({ objectives: [objective] }, { locale: 'en' })
    .filter(({ subject }) => subject.keyResult === null)
    .map(({ rule }) => rule)
}
