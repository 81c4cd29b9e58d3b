import type { Hit, KeyResultRead } from '../hit.ts'
import type { Amount, AmountKind } from '../amounts.ts'
import type { Reading } from '../reading.ts'
import { countsActs, isTimeBound } from '../service-time.ts'
import * as chinese from '../words/chinese.ts'
import * as english from '../words/english.ts'
import * as actsChinese from '../words/acts-chinese.ts'
import * as actsEnglish from '../words/acts-english.ts'

/** Work at the start of a text. */
export const ACTIVITY: readonly RegExp[] = [
  english.ACTIVITY_HEAD,
  english.SHORT_ACTIVITY_HEAD,
  english.CONTACT_HEAD,
  english.SPENDING_HEAD,
  english.ACTIVITY_NOUN_HEAD,
  chinese.ACTIVITY_HEAD,
  chinese.CONTACT_HEAD,
  chinese.SPENDING_HEAD,
  english.COUNTED_WORK,
  english.WORKED_OFF,
  english.REGULAR_WORK,
  chinese.COUNTED_WORK,
  chinese.PUT_OUT,
]
const WORK_ANYWHERE: readonly RegExp[] = [chinese.ACTIVITY_TAIL, chinese.ACTIVITY_ANYWHERE]
const WORK_WITHOUT_NUMBER: readonly RegExp[] = [
  english.OTHER_VERB_HEAD,
  chinese.WORK_ANYWHERE,
  chinese.OTHER_WORK,
  english.SHORT_WORK_HEAD,
  english.ACTIVITY_DONE,
  ...WORK_ANYWHERE,
]
const CONTACT: readonly RegExp[] = [
  english.CONTACT_HEAD,
  chinese.CONTACT_HEAD,
  english.COUNTED_WORK,
  english.WORKED_OFF,
  chinese.COUNTED_WORK,
  chinese.WORK_ON_COUNTED,
  chinese.PUT_OUT,
]
const SPENDING: readonly RegExp[] = [english.SPENDING_HEAD, chinese.SPENDING_HEAD]

/**
 * What somebody does, in place of what it brings. Good key results name work too (“the launch cuts … from 9 to 4 days”),
 * so a number other than a count of things made speaks against it.
 */
export function activity({ title }: KeyResultRead): Hit | null {
  const work = find(title.core, ACTIVITY)
  const share = shareOfWork(title, work !== null)
  if (share !== null) return hit(title, share)
  // “Publish 12 articles (8 in Q3)” is as much work as ever.
  if (!title.baselines.every(({ kind }) => kind === 'count')) return null
  const numbers = numbersOf(title)
  const act = countedAct(title, numbers)
  if (act !== null) return hit(title, act)
  if (title.hasBaseline) return null
  if (title.targets.length === 0) {
    const found = work ?? (startsWithDirection(title) ? null : find(title.core, WORK_WITHOUT_NUMBER))
    return found === null ? null : hit(title, found)
  }
  const counted = work ?? find(title.core, WORK_ANYWHERE)
  if (counted === null || chinese.NAMES_METRIC.test(title.core) || chinese.OF_OWN_ACCORD.test(title.core))
    return null
  const countsWork =
    find(title.core, SPENDING) !== null ||
    saysWhich(title) ||
    numbers.every((amount) => amount.kind === 'count' && isMade(title, amount))
  return countsWork ? hit(title, counted) : null
}

/** Beside a count of acts, how long each of them takes is no number of its own: “12 webinars, each under 2 hours”. */
function numbersOf({ normal, targets }: Reading): readonly Amount[] {
  return countsActs(normal, targets) ? targets.filter((amount) => !isTimeBound(normal, amount)) : targets
}

/** “Distribute 3,000 leaflets”: so many of what somebody of ours does, and no other number beside it. */
function countedAct(title: Reading, numbers: readonly Amount[]): string | null {
  if (title.isRelative || !numbers.every((amount) => isCounted(title, amount))) return null
  if (chinese.NAMES_METRIC.test(title.core)) return null
  return title.isChinese ? actsChinese.actIn(title.core) : actsEnglish.actIn(title.core)
}

/** All of them is as many as there are. */
function isCounted({ normal }: Reading, amount: Amount): boolean {
  const { kind, start, end } = amount
  if (isTimeBound(normal, amount)) return false
  return COUNTS.includes(kind) || (kind === 'percent' && normal.slice(start, end) === '100')
}

/** A duration may be hours of training, unless it is a bound. */
const COUNTS: readonly AmountKind[] = ['count', 'large', 'duration']

/** “Complete 100 % of the migration” is the work again; “deliver 100 % of orders on time” is not. */
function shareOfWork({ normal }: Reading, startsWithWork: boolean): string | null {
  const chineseShare = chinese.UNFINISHED_SHARE.exec(normal)
  if (chineseShare !== null) return chineseShare[0]
  const share = startsWithWork ? english.UNFINISHED_SHARE.exec(normal) : null
  if (share === null || english.OUTCOME_NOUN.test(normal.slice(share.index))) return null
  return share[0]
}

/** “Strengthen …” is vague, whatever work is named after it. */
function startsWithDirection({ core }: Reading): boolean {
  return english.VAGUE.exec(core)?.index === 0 || chinese.VAGUE.exec(core)?.index === 0
}

/** “Review all contracts above €50k”: all of its numbers say which, none how far. */
function saysWhich({ core, normal, targets }: Reading): boolean {
  if (!english.ALL_OF_HEAD.test(core)) return false
  return targets.every(({ start }) => english.SAYS_WHICH.test(normal.slice(Math.max(0, start - 24), start)))
}

/** Counting articles counts work; counting customers counts a result, unless the work is to meet them. */
function isMade(title: Reading, amount: Amount): boolean {
  if (english.COMES_ABOUT.test(title.normal.slice(amount.end, amount.end + 80))) return false
  const before = title.normal.slice(Math.max(0, amount.start - 60), amount.start)
  if (english.BRINGS.test(before) || chinese.BRINGS.test(before)) return false
  if (find(title.core, CONTACT) !== null) return true
  const { counted } = amount
  if (english.WINS.test(before)) return false
  if (english.OUTPUT_NOUN.test(counted) || chinese.OUTPUT_NOUN.test(counted)) return true
  if (title.isChinese) {
    const words = title.normal.slice(amount.start, amount.end) + counted
    const beside = title.normal.slice(Math.max(0, amount.start - 12), amount.start) + words
    const isPeople =
      chinese.OUTCOME_CLASSIFIER.test(counted) || /[家位人单笔]$/.test(title.normal.slice(0, amount.end))
    return !isPeople && !chinese.OUTCOME_NOUN.test(counted) && !isOutcomeBefore(beside, counted)
  }
  return !english.OUTCOME_NOUN.test(counted)
}

/** “新增订单 50 个”: what is counted may come first. */
function isOutcomeBefore(beside: string, counted: string): boolean {
  const hasOwnNoun = counted.replace(/^\s?[场次篇份个项款套部节门支条件轮期]/, '').trim().length >= 2
  return !hasOwnNoun && chinese.OUTCOME_NOUN.test(beside)
}

/** Whether a part of a text counts work alone: “host 4 webinars” beside what they bring. */
export function isWorkCounted(part: string, counted: readonly Amount[]): boolean {
  if (find(part.trim(), ACTIVITY) === null) return false
  return counted.every(
    (amount) =>
      amount.kind === 'count' &&
      (english.OUTPUT_NOUN.test(amount.counted) || chinese.OUTPUT_NOUN.test(amount.counted)),
  )
}

function find(text: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text)
    if (found !== null) return found[0]
  }
  return null
}

function hit({ normal, written }: Reading, found: string): Hit {
  const at = normal.indexOf(found)
  const words = at < 0 ? found : written.slice(at, at + found.length)
  return { rule: 'activity', words: words.trim() }
}
