import type { Amount } from '../amounts.ts'
import type { Hit, KeyResultRead } from '../hit.ts'
import type { LintedObjective } from '../linted-set.ts'
import type { Reading } from '../reading.ts'
import { activity } from './activity.ts'
import * as chinese from '../words/projects-chinese.ts'
import * as english from '../words/projects-english.ts'
import * as vagueChinese from '../words/vague-objectives-chinese.ts'
import * as vagueEnglish from '../words/vague-objectives-english.ts'

const FEWEST = 2
const MOST = 5

export function keyResultCount({ keyResults }: LintedObjective): Hit | null {
  const count = keyResults.length
  if (count < FEWEST) return { rule: 'too-few-key-results', count }
  return count > MOST ? { rule: 'too-many-key-results', count } : null
}

/** An objective that is a metric: its number belongs into a key result. Counts in passing (“three cities”) do not. */
export function objectiveWithNumber(title: Reading): Hit | null {
  const metric = title.targets.find(({ kind }) => kind !== 'count' && kind !== 'zero')
  if (metric === undefined && !title.hasBaseline) {
    const counted = title.targets.find(
      ({ kind, start, end }) => kind === 'count' && isLarge(title, start, end),
    )
    return counted === undefined ? null : hit(title, counted)
  }
  const shown = metric ?? title.baselines[0]!
  return hit(title, shown)
}

function isLarge({ normal }: Reading, start: number, end: number): boolean {
  const amount = normal.slice(start, end)
  return Number(amount.replace(/[^\d.]/g, '')) >= 10 || /(?:[km]|thousand|million|billion)$/.test(amount)
}

function hit({ written }: Reading, { start, endWithUnit }: Amount): Hit {
  return { rule: 'objective-with-number', words: written.slice(start, endWithUnit).trim() }
}

/** All of it may be done, and nothing be better for it. */
export function allOutput(reads: readonly KeyResultRead[]): Hit | null {
  if (reads.length < FEWEST) return null
  return reads.every(isOutput) ? { rule: 'all-key-results-are-output', count: reads.length } : null
}

function isOutput(read: KeyResultRead): boolean {
  const kind = read.keyResult.measure?.kind
  if (kind === 'metric' || kind === 'range' || kind === 'field_sum') return false
  return activity(read) !== null || kind === 'delivery' || kind === 'milestones'
}

/** The question every set is checked by; only its authors can answer it. */
export function reverseCheck({ keyResults }: LintedObjective): Hit | null {
  return keyResults.length >= FEWEST ? { rule: 'reverse-check', count: keyResults.length } : null
}

/** An objective that is a project. Objectives may be words of hope, so only plain work counts. */
export function objectiveIsActivity(title: Reading): Hit | null {
  if (title.targets.some(({ kind }) => kind !== 'count') || PURPOSE.test(title.normal)) return null
  const found = [english, chinese]
    .map(({ projectIn }) => projectIn(title.core))
    .find((words) => words !== null)
  return found === undefined ? null : { rule: 'activity', words: found }
}

/** “Improve communication”, “a culture of innovation”: a direction without a picture of where it leads. */
export function vagueObjective(title: Reading): Hit | null {
  if (title.targets.length > 0) return null
  const words = directionAlone(title)
  return words === null ? null : { rule: 'vague-verb', words }
}

/** The words of a text that say a direction where nothing else in it says more, as they were written. */
export function directionAlone({ core, normal, written, isChinese }: Reading): string | null {
  const found = isChinese ? vagueChinese.directionIn(core) : vagueEnglish.directionIn(core)
  if (found === null) return null
  const at = normal.indexOf(found)
  return at < 0 ? found : written.slice(at, at + found.length)
}

const PURPOSE =
  /\b(?:so that|in order to|that|to (?:make|help|give|let|win|become|delight|enable)|which|for (?:every|all))\b|让|使(?!用)|为|以便|成为|助力|从而/
