import type { Amount } from './amounts.ts'

/** “within 24 hours”, “in under 3 days”: a bound, not hours of something. */
const BOUND_BEFORE =
  /(?<![a-z])(?:within|in|inside|under|below|before|after|(?:less|no (?:later|longer|more)|not (?:later|longer|more)) than|at most|up to|every)\s(?:(?:the first|an average of|under|less than|about|at most|no more than)\s)?$|[<≤]\s?$|(?:不超过|不多于|不到|少于|低于|小于|至多|最多|最迟|最晚|控制在|压在)\s?$/
const BOUND_AFTER = /^\s?(?:以内|之内|内|之前|以前|不到|or (?:less|sooner|faster|under))/
/** Times in which one serves: work is planned in longer ones. */
const OF_SERVICE =
  /^(?<days>[\s-]?(?:(?:working |business |calendar )?days?|个?工作[日天]|天|日))|^[\s-]?(?:s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|秒|分钟?|个?小时)(?![a-z])/
const MOST_DAYS = 14
/** What comes again and again: a time for each of it is a level of service. */
const EACH =
  /(?<![a-z])(?:each|every|any|per)(?![a-z])|每\s?[一位名个份张部台家单件通笔例次趟条户批]|每(?=[新个])|任何/

/** Whether a duration says how long something takes at most. */
export function isTimeBound(normal: string, { kind, start, endWithUnit }: Amount): boolean {
  if (kind !== 'duration') return false
  return (
    BOUND_BEFORE.test(normal.slice(Math.max(0, start - 40), start)) ||
    BOUND_AFTER.test(normal.slice(endWithUnit, endWithUnit + 12))
  )
}

/** “Review each claim within 3 days”: how much, where “finish the review within 3 days” says when. */
export function isServiceTime(normal: string, amount: Amount): boolean {
  if (!isTimeBound(normal, amount)) return false
  const unit = OF_SERVICE.exec(normal.slice(amount.end, amount.end + 24))
  if (unit === null) return false
  const isShort = unit.groups?.['days'] === undefined || parseFloat(normal.slice(amount.start)) <= MOST_DAYS
  return isShort && EACH.test(normal)
}
