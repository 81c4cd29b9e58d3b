import type { Amount, AmountKind } from './amounts.ts'

/** “within 24 hours”, “in under 3 days”: a bound, not hours of something. */
const BOUND_BEFORE =
  /(?<![a-z])(?:within|in|inside|under|below|before|after|(?:less|no (?:later|longer|more)|not (?:later|longer|more)) than|at most|up to)\s(?:(?:the first|an average of|under|less than|about|at most|no more than)\s)?$|[<≤]\s?$|(?:不超过|不多于|不到|少于|低于|小于|至多|最多|最迟|最晚|控制在|压在)\s?$/
const BOUND_AFTER = /^\s?(?:以内|之内|内|之前|以前|不到|or (?:less|sooner|faster|under))/
/** Times in which one serves: work is planned in longer ones. */
const OF_SERVICE =
  /^(?<days>[\s-]?(?:(?:working |business |calendar )?days?|个?工作[日天]|天|日))|^[\s-]?(?:s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|秒|分钟?|个?小时)(?![a-z])/
const MOST_DAYS = 14
/** Beside a count they say how long each of them takes. */
const COUNTS: readonly AmountKind[] = ['count', 'large']
/** Before a number that says who acts or which one it is: “our 3 nurses”, “ward 7”. */
const NO_COUNT_OF_ACTS =
  /(?:^|[·,:]\s?)(?:(?:each|every one|all|of|the|our)\s)+$|(?<![a-z])(?:ward|floor|line|unit|room|zone|plant|team|level|tier|class|priority|phase|gate)\s$/

/**
 * What comes again and again, served one by one: a time for each of it is a level of service. “Roll out the tool to every
 * team” is done once, and so is what is done for each of our own.
 */
const EACH =
  /(?<![a-z])(?<![,;:] )(?<!(?<!(?:responds?|repl(?:y|ies)|attends?|reacts?|back|speaks?|talks?|listens?) )(?<![a-z])(?:to|for|in|of|across|at|with|from|by|on|over) )(?:each|every|any)(?! (?:day|week|fortnight|month|quarter|term|sprint|season|year|team|department|division|region|country|market|module)(?![a-z]))(?![a-z])|(?<![a-z])per (?!(?:day|week|fortnight|month|quarter|term|sprint|season|year|team|department)(?![a-z]))/
const EACH_CHINESE =
  /(?<!在)(?:每\s?[一位名个份张部台家单件通笔例次趟条户批]|每(?=新))(?!\s?(?:部门|团队|小组|科室|处室|班组|分公司|子公司|模块|系统|市场|地区|区域|季|月))|任何/
/** Done once for all, and by a day. */
const PROJECT =
  /^(?:launch|roll|deploy|migrat|implement|introduc|develop|build|set up)[a-z]*(?![a-z])|(?:上线|部署|布署|迁移|搬迁|切换|导入|建置|搭建|推行|推广|落地)(?!\s?(?:申请|请求|需求|工单|[,;.。]|$))/

/** Whether a duration says how long something takes at most. */
export function isTimeBound(normal: string, { kind, start, endWithUnit }: Amount): boolean {
  if (kind !== 'duration') return false
  return (
    BOUND_BEFORE.test(normal.slice(Math.max(0, start - 40), start)) ||
    BOUND_AFTER.test(normal.slice(endWithUnit, endWithUnit + 12))
  )
}

/** Whether acts have a count of their own, for which no bound beside it speaks: “12 webinars, each under 2 hours”. */
export function countsActs(normal: string, amounts: readonly Amount[]): boolean {
  return amounts.some(
    ({ kind, start }) => COUNTS.includes(kind) && !NO_COUNT_OF_ACTS.test(normal.slice(0, start)),
  )
}

/**
 * “Review each claim within 3 days”: how much, where “finish the review within 3 days” says when.
 * @param core the text from its first word on, to its end
 * @param beside all amounts of it that may be targets
 */
export function isServiceTime(
  { normal, core }: { readonly normal: string; readonly core: string },
  amount: Amount,
  beside: readonly Amount[],
): boolean {
  if (!isTimeBound(normal, amount) || countsActs(normal, beside)) return false
  const unit = OF_SERVICE.exec(normal.slice(amount.end, amount.end + 24))
  if (unit === null) return false
  const isShort = unit.groups?.['days'] === undefined || parseFloat(normal.slice(amount.start)) <= MOST_DAYS
  return isShort && !PROJECT.test(core) && isForEach(normal, core, amount)
}

/** In English whatever is served comes before its time, unless the time begins the text; in Chinese beside it. */
function isForEach(normal: string, core: string, { start, endWithUnit }: Amount): boolean {
  const from = normal.length - core.length
  if (EACH.test(start < from ? core : normal.slice(from, start))) return true
  const clauseEnd = /[,;。]|$/.exec(normal.slice(endWithUnit))!.index
  return EACH_CHINESE.test(normal.slice(Math.min(start, from), endWithUnit + clauseEnd))
}
