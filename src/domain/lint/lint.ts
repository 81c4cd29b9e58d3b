import type { Locale } from '../writeback/messages.ts'
import type { Finding, RuleId } from './finding.ts'
import type { Hit, KeyResultRead, KeyResultRule } from './hit.ts'
import type { LintedKeyResult, LintedObjective, LintedSet } from './linted-set.ts'
import { numbersOf, readTitle, type Reading } from './reading.ts'
import { rewriteKeyResult, rewriteObjective } from './rewrite.ts'
import { activity } from './rules/activity.ts'
import { binaryKeyResult } from './rules/binary.ts'
import { duplicates } from './rules/duplicates.ts'
import { tooLong } from './rules/length.ts'
import { baselineMissing, noNumber, targetMissing, vagueVerb } from './rules/measurable.ts'
import {
  allOutput,
  keyResultCount,
  objectiveIsActivity,
  objectiveWithNumber,
  reverseCheck,
} from './rules/objective.ts'
import { noDueDate, noOwner, objectiveWithoutDueDate, objectiveWithoutOwner } from './rules/ownership.ts'
import { severalResults } from './rules/several-results.ts'
import type { Messages } from './wording/wording.ts'
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
 * What a careful reader would say of a set of objectives: never a refusal, for any text. Findings come objective by
 * objective, those of the objective itself first. Only `duplicate` depends on the order of the set: it names the later.
 */
export function lint(set: LintedSet, { locale }: { readonly locale: Locale }): Finding[] {
  const reads = set.objectives.map((objective) =>
    objective.keyResults.map((keyResult) => readKeyResult(keyResult, objective, locale)),
  )
  const copies = duplicates(reads.flat())
  let place = 0
  return set.objectives.flatMap((objective, index) => {
    const own = reads[index]!
    const title = readTitle(objective.title, locale)
    const about = { objective: index, objectiveKey: objective.key, keyResult: null, keyResultKey: null }
    const ofObjective = objectiveHits(objective, title, own).map((hit) => ({
      ...findingOf(hit, true, locale),
      subject: about,
      suggestion: rewriteObjective(hit, title),
    }))
    const ofKeyResults = own.flatMap((read, keyResult) =>
      keyResultHits(read, copies[place++] ?? null).map((hit) => ({
        ...findingOf(hit, false, locale),
        subject: { ...about, keyResult, keyResultKey: read.keyResult.key },
        suggestion: rewriteKeyResult(hit, read),
      })),
    )
    return [...ofObjective, ...ofKeyResults]
  })
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
  isObjective: boolean,
  locale: Locale,
): Pick<Finding, 'rule' | 'severity' | 'message'> {
  return {
    rule: hit.rule,
    severity: hit.rule === 'reverse-check' ? 'question' : 'hint',
    message: MESSAGES[locale][hit.rule](hit, isObjective),
  }
}
