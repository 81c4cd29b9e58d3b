import type { Locale } from '../writeback/messages.ts'
import type { Finding, FindingSubject, RuleId } from './finding.ts'
import type { Hit, KeyResultRead, KeyResultRule } from './hit.ts'
import type { LintedKeyResult, LintedObjective, LintedSet } from './linted-set.ts'
import { numbersOf, readTitle, type Reading } from './reading.ts'
import { rewriteKeyResult, rewriteObjective, rewriteSet } from './rewrite.ts'
import { activity } from './rules/activity.ts'
import { binaryKeyResult } from './rules/binary.ts'
import { createDuplicates } from './rules/duplicates.ts'
import { tooLong } from './rules/length.ts'
import { baselineMissing, noNumber, targetMissing, vagueVerb } from './rules/measurable.ts'
import {
  allOutput,
  keyResultCount,
  objectiveIsActivity,
  objectiveWithNumber,
  reverseCheck,
  vagueObjective,
} from './rules/objective.ts'
import { noDueDate, noOwner, objectiveWithoutDueDate, objectiveWithoutOwner } from './rules/ownership.ts'
import { severalResults } from './rules/several-results.ts'
import { ofWholeSet } from './rules/whole-set.ts'
import type { Messages, Told } from './wording/wording.ts'
import { MESSAGES_EN } from './wording/messages-en.ts'
import { MESSAGES_ZH_CN } from './wording/messages-zh-cn.ts'
import { MESSAGES_ZH_TW } from './wording/messages-zh-tw.ts'

const MESSAGES: Readonly<Record<Locale, Messages>> = {
  en: MESSAGES_EN,
  'zh-CN': MESSAGES_ZH_CN,
  'zh-TW': MESSAGES_ZH_TW,
}

/** In the order they are told: what says most first. */
const KEY_RESULT_RULES: readonly KeyResultRule[] = [
  activity,
  vagueVerb,
  binaryKeyResult,
  baselineMissing,
  targetMissing,
  severalResults,
  noNumber,
  noOwner,
  noDueDate,
  ({ keyResult }) => tooLong(keyResult.title),
]

/**
 * What a careful reader would say of a set of objectives: never a refusal, for any text. What all of it lacks comes
 * first, then findings objective by objective, those of the objective itself before those of its key results. Only
 * `duplicate` depends on the order of the set: it names the later.
 */
export function lint(set: LintedSet, options: { readonly locale: Locale }): Finding[] {
  const steps = lintInSteps(set, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same in steps of one key result or objective at most, for a caller that has other work to do in between. */
export function* lintInSteps(
  set: LintedSet,
  { locale }: { readonly locale: Locale },
): Generator<undefined, Finding[]> {
  const duplicateOf = createDuplicates()
  const looks: ObjectiveLook[] = []
  for (const [index, objective] of set.objectives.entries()) {
    const keyResults: KeyResultLook[] = []
    for (const keyResult of objective.keyResults) {
      const read = readKeyResult(keyResult, objective, locale)
      keyResults.push({ read, hits: keyResultHits(read, duplicateOf(read, index)) })
      yield
    }
    const title = readTitle(objective.title, locale)
    const reads = keyResults.map(({ read }) => read)
    looks.push({ title, hits: objectiveHits(objective, title, reads), keyResults })
    yield
  }
  return yield* findingsOf(set, looks, locale)
}

interface KeyResultLook {
  readonly read: KeyResultRead
  readonly hits: readonly Hit[]
}

interface ObjectiveLook {
  readonly title: Reading
  readonly hits: readonly Hit[]
  readonly keyResults: readonly KeyResultLook[]
}

function* findingsOf(
  set: LintedSet,
  looks: readonly ObjectiveLook[],
  locale: Locale,
): Generator<undefined, Finding[]> {
  const ofSet = ofWholeSet(looks.map(({ hits }) => hits))
  const saidOnce = new Set(ofSet.map(({ rule }) => rule))
  const whole = { objective: null, objectiveKey: null, keyResult: null, keyResultKey: null }
  const findings = ofSet.map((hit) =>
    findingOf(hit, 'set', whole, { suggestion: rewriteSet(hit, locale), locale }),
  )
  for (const [objective, { title, hits, keyResults }] of looks.entries()) {
    const about = { ...whole, objective, objectiveKey: set.objectives[objective]!.key }
    for (const hit of hits) {
      if (saidOnce.has(hit.rule)) continue
      findings.push(findingOf(hit, 'objective', about, { suggestion: rewriteObjective(hit, title), locale }))
    }
    for (const [keyResult, { read, hits: own }] of keyResults.entries()) {
      const subject = { ...about, keyResult, keyResultKey: read.keyResult.key }
      for (const hit of own) {
        findings.push(
          findingOf(hit, 'key-result', subject, { suggestion: rewriteKeyResult(hit, read), locale }),
        )
      }
      yield
    }
  }
  return findings
}

/** How often each rule was found. */
export function countFindings(findings: readonly Finding[]): Partial<Record<RuleId, number>> {
  const counts: Partial<Record<RuleId, number>> = {}
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1
  return counts
}

function readKeyResult(
  keyResult: LintedKeyResult,
  objective: LintedObjective,
  locale: Locale,
): KeyResultRead {
  return {
    keyResult,
    objective,
    title: readTitle(keyResult.title, locale),
    description: readTitle(keyResult.description, locale),
    numbers: numbersOf(keyResult.measure),
  }
}

function keyResultHits(read: KeyResultRead, duplicate: Hit | null): Hit[] {
  return [...KEY_RESULT_RULES.map((rule) => rule(read)), duplicate].filter((hit) => hit !== null)
}

function objectiveHits(objective: LintedObjective, title: Reading, reads: readonly KeyResultRead[]): Hit[] {
  return [
    objectiveWithNumber(title),
    objectiveIsActivity(title),
    vagueObjective(title),
    tooLong(objective.title),
    objectiveWithoutOwner(objective),
    objectiveWithoutDueDate(objective, title, reads),
    keyResultCount(objective),
    allOutput(reads),
    reverseCheck(objective),
  ].filter((hit) => hit !== null)
}

function findingOf(
  hit: Hit,
  told: Told,
  subject: FindingSubject,
  { suggestion, locale }: { readonly suggestion: string; readonly locale: Locale },
): Finding {
  return {
    rule: hit.rule,
    severity: hit.rule === 'reverse-check' ? 'question' : 'hint',
    subject,
    message: MESSAGES[locale][hit.rule](hit, told),
    suggestion,
  }
}
