import { withoutNamesAndDates } from './not-a-target.ts'

export type AmountKind = 'percent' | 'money' | 'duration' | 'multiple' | 'score' | 'zero' | 'large' | 'count'

/** A number that can be a target, a baseline or a count, in digits or in words. */
export interface Amount {
  readonly start: number
  readonly end: number
  /** The number with its unit, as far as that is a sign or a unit of time or money. */
  readonly endWithUnit: number
  readonly kind: AmountKind
  /** What follows it up to a stop: what is counted. */
  readonly counted: string
  /** “within 3 months” says when, not how much. */
  readonly isTimeLimit: boolean
}

const CURRENCY = '(?:[$€£¥]|us\\$|nt\\$|hk\\$|(?:usd|eur|gbp|rmb|cny|ntd?|twd|hkd|jpy|sgd|chf|inr)\\s?)'
const SCALE = '(?:\\s?(?:k|w|m|mn|bn|b|thousand|million|billion|百万|千万|万亿|个?[万亿]|[千百])(?![a-z]))'
const DIGITS = `(?<![a-z\\d_.,])${CURRENCY}?\\d(?:[\\d,]*\\d)?(?:\\.\\d+)?${SCALE}?`

const ENGLISH_COUNT =
  '(?<![a-z-])(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|(?:a )?(?:dozen|hundred|thousand|million|billion))(?![a-z-])'
const ENGLISH_SHARE =
  '(?<![a-z-])(?:every (?:second|third|fourth|fifth|other)|by (?:a|one) (?:third|quarter|fifth|tenth|half)|(?:one|two|three)[ -](?:thirds?|quarters?|fifths?|tenths?)|a (?:third|quarter|fifth|tenth) of|(?<=(?:from|to) )(?:a|one) (?:third|quarter|fifth|tenth)(?! (?:part|to the next|end|later))|(?:by|in|to) half|half (?:of|the|our|as)|one in (?:two|three|four|five|six|seven|eight|nine|ten|\\d+))(?![a-z-])'
const ENGLISH_MULTIPLE =
  '(?<![a-z-])(?:(?:doubl|tripl|quadrupl)(?:e|es|ed|ing)(?![ -](?:digit|down|check|opt))|(?<!(?:two|both|first|second) )halv(?:e|es|ed|ing)|(?:two|three|four|five|ten)fold|x\\s?(?:[2-9]|10)(?=\\s[a-z]|[.!]?$)|twice(?= (?:as|the (?!week|month|day)|that|what|last|our|its|their|more|this)(?![a-z])))(?![a-z-])'
const ENGLISH_ZERO =
  '(?<![a-z-])zero(?![a-z]|[ -](?:trust|day|touch|code|to[ -]one))|(?:nobody|no[ -]one)(?![a-z-])|(?<=[:,;] )no (?!longer|later|more|less|fewer|matter)(?=[a-z])|never(?= (?:exhausted|exceeded|missed|breached|empty|down|late|runs|drops|falls)(?![a-z]))|^no (?!code|\\.)(?=[a-z])|(?<![a-z-])(?:nil|not (?:a single|one)|none of (?:the|our|all|\\d)|(?<!second to |bar )none(?! (?:other|too|the|of) )|free (?:of|from) (?:any|all))(?![a-z-])|(?<![a-z])without (?:a single|any) '

const HAN_DIGIT = '[一二两三四五六七八九十百千万亿]'
const HAN_SHARE = `(?:百|千|万)分之[零〇\\d点.一二三四五六七八九十百]{1,8}|${HAN_DIGIT}分之${HAN_DIGIT}|[一二两三四五六七八九十\\d]\\s?成(?![为本交功果员长立就熟效品都绩])|一半|减半|过半|半数|${HAN_DIGIT}{1,3}个百分点`
const HAN_MULTIPLE = `(?:${HAN_DIGIT}{1,3})倍|翻[一两]?番|翻倍|倍增|加倍`
const HAN_CLASSIFIER = '[起次件例人名位单趟家个批台辆处项笔份张条户间场站班天通封座栋]'
const HAN_ZERO = `零(?=\\s?(?:重大|严重|高危|事故|故障|投诉|客诉|差错|缺陷|宕机|漏|违规|失误|伤|逾期|流失|停机|中断|泄|安全|资安|职灾|工伤|死亡|p[0-4·]|·|起|次|件|单|个))|归零|清零|为零|挂零|挂蛋|零(?:发生|通报|失能|跌倒|火灾|罚单|通报|断料|断供|超时|错误|漏洞|误差|差评|回退|回滚|返修|中毒|确诊|职业病|容错)|(?:未|不再|没有|不)(?:发生|出现)(?:过)?(?:任何|一起|一次|一件)|无一|(?:无|没有?|未有?)(?:任何)?一${HAN_CLASSIFIER}|(?:无|没有?|未有?)任何|一${HAN_CLASSIFIER}(?:都|也)(?:没|不|无|未)|(?:没有?人|无人(?=受|投诉|客诉|缺|离|掉|迟|流失|弃|因|在|被|死|重伤|轻伤))|(?:[至到成为是:=]\\s?)(?:零(?![售食件部钱距基散信代碳星])|无(?=[,;。.!]|$))|零(?![售食件部钱距基散信代碳星])(?=\\S{0,6}(?:事故|故障|事件|投诉|意外|冲突|违规|差错|流失|缺陷|伤|损失|死亡|感染|退货|返工|延误|逾期|断货|缺货|罚|违约|差评|失误))|无(?=\\S{0,8}(?:事故|故障|投诉|客诉|宕机|违规|中断|泄[露漏]|职灾|外泄))`
const HAN_COUNT = `(?<=不超过|不多于|少于|至多|最多|至少|不到|超过)\\s?一(?:次|个|家|名|位|起|件|天|小时|分钟)|(?<![第统一二三四五六七八九十百千万])(?:一(?=[百千万亿])|[二两三四五六七八九十百千万亿])${HAN_DIGIT}{0,5}[多余]?\\s?(?:家|个(?!月|百)|名|位|次(?!元|开发)|场|篇|人(?!机)|项|款|套|件|条|座|万|亿|天|小时|分钟|秒|份|单|笔|辆|所|省|倍|元|轮|门|部|支|台|站|城|组|户|箱|瓶|册|本(?!地|土|期|次|季)|株|吨|公斤|杯|桌|间|张|盒|人次|席|趟|艘|栋|例|封|起|堂|集(?!团|成|中))`

/** A place among others is a result, though the digits in it are part of a name. */
const RANK =
  /(?<![a-z])(?:rank|enter|reach|become|be|break into|make it into)(?:s|ed|ing)?(?![a-z])[^.;]{0,30}?(?:top[ -]?\d+|#\d+|no\. ?\d+|number (?:one|\d+)(?! (?:choice|partner|priority|address|option|employer|provider|supplier|brand|name|destination|agency|bank|insurer|contractor|place|company|source)(?![a-z])))|(?:进入|跻身|排名|位列|位居|升至|稳居|挤进|冲进)[^.;。；]{0,12}?(?:前\s?[\d一二三四五六七八九十]{1,3}(?!大)|第\s?[\d一二三四五六七八九十]{1,3})/g

interface Pattern {
  readonly source: RegExp
  readonly kind: AmountKind | null
  /** Without a character of these there is nothing to find. */
  readonly needs: RegExp
}

const HAN = /\p{Script=Han}/u
const LATIN = /[a-z]/

/** Earlier patterns win where two find the same place. */
const PATTERNS: readonly Pattern[] = [
  { source: new RegExp(HAN_SHARE, 'g'), kind: 'percent', needs: HAN },
  { source: new RegExp(HAN_MULTIPLE, 'g'), kind: 'multiple', needs: HAN },
  { source: new RegExp(HAN_ZERO, 'g'), kind: 'zero', needs: HAN },
  { source: new RegExp(ENGLISH_SHARE, 'g'), kind: 'percent', needs: LATIN },
  { source: new RegExp(ENGLISH_MULTIPLE, 'g'), kind: 'multiple', needs: LATIN },
  { source: new RegExp(ENGLISH_ZERO, 'g'), kind: 'zero', needs: LATIN },
  { source: new RegExp(DIGITS, 'g'), kind: null, needs: /\d/ },
  { source: new RegExp(ENGLISH_COUNT, 'g'), kind: 'count', needs: LATIN },
  { source: new RegExp(HAN_COUNT, 'g'), kind: 'count', needs: HAN },
]

const IS_PERCENT = /^\s?(?:%|‰|percent|per cent|pct\b|percentage point|pp\b|ppt|个?百分点|成)/
const IS_DURATION =
  /^[\s-]?(?:ms|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?|working days?|business days?|毫秒|秒|分钟|分(?=\s?\d{1,2}\s?秒)|个?小时|个?工作日|天|日(?!活)|周|个月|个?星期|年)(?![a-z])/
const IS_MONEY =
  /^\s?(?:万|亿|百万|千万|k|m|bn)?\s?(?:元|块|美元|美金|欧元|英镑|人民币|新台币|日元|港元|usd|eur|gbp|rmb|cny|ntd|dollars?|euros?|pounds?)/
const IS_SCORE =
  /^\s?(?:分(?![之店公钟])|-?stars?\b|颗?星|out of|\/\s?\d|points?\b|(?=\s?on (?:g2|glassdoor|trustpilot|capterra|kununu|tripadvisor|google|yelp|booking|the app store)))/
const IS_MULTIPLE =
  /^\s?(?:[x×](?![a-z]|\s[a-z])|[x×](?=\s(?:faster|more|higher|as|the|our|last))|倍|times (?:as|more|faster|the)\b)/
const BEGINS_LIMIT =
  /(?:within|in|over|for|after|next|first|last|coming|every)\s(?:the\s)?(?:(?:next|first|last|coming)\s)?$/
const IS_LONG_TIME =
  /^[\s-]?(?:days?|weeks?|months?|quarters?|years?|working days?|天|日|周|个?星期|个月|年|个?季度)(?![a-z])/
const ENDS_LIMIT = /^\s?(?:天|日|周|个?星期|个月|年|个?季度)\s?(?:以内|之内|内|前)/
const COUNTED_UP_TO =
  /[,.;:!?，。；：、()（）]|\s(?:for|with|in|to|of|on|at|from|about|by|that|who|which|per|until|before|through|across|and|reaching)\s|并|且|以及/

/**
 * The amounts of a text, from left to right.
 * @param text the same with names and dates covered
 */
export function amountsIn(normal: string, text = withoutNamesAndDates(normal)): Amount[] {
  const found: Amount[] = [...normal.matchAll(RANK)].map((match) =>
    amountAt(normal, match.index, match.index + match[0].length, 'score'),
  )
  for (const { source, kind, needs } of PATTERNS) {
    if (!needs.test(text)) continue
    for (const match of text.matchAll(source)) {
      const start = match.index
      const end = start + match[0].length
      if (found.some((other) => start < other.end && end > other.start)) continue
      found.push(amountAt(text, start, end, kind))
    }
  }
  return joined(
    text,
    found.sort((a, b) => a.start - b.start),
  )
}

/** “4 分 30 秒”, “2 h 30 min”: one duration. */
function joined(text: string, amounts: readonly Amount[]): Amount[] {
  const whole: Amount[] = []
  for (const amount of amounts) {
    const last = whole.at(-1)
    const isMore = last?.kind === 'duration' && amount.kind === 'duration'
    if (isMore && text.slice(last.endWithUnit, amount.start).trim() === '')
      whole[whole.length - 1] = { ...amount, start: last.start, isTimeLimit: last.isTimeLimit }
    else whole.push(amount)
  }
  return whole
}

function amountAt(text: string, start: number, end: number, known: AmountKind | null): Amount {
  const after = text.slice(end, end + 60)
  const stop = COUNTED_UP_TO.exec(after)
  return {
    start,
    end,
    endWithUnit: end + unitLength(after),
    kind: kindOf(text.slice(start, end), after, known),
    counted: after.slice(0, stop?.index ?? after.length),
    isTimeLimit:
      ENDS_LIMIT.test(after) ||
      (BEGINS_LIMIT.test(text.slice(Math.max(0, start - 24), start)) && IS_LONG_TIME.test(after)),
  }
}

function unitLength(after: string): number {
  for (const unit of [IS_PERCENT, IS_MONEY, IS_DURATION, IS_SCORE]) {
    const found = unit.exec(after)
    if (found !== null) return found[0].length
  }
  return 0
}

function kindOf(amount: string, after: string, known: AmountKind | null): AmountKind {
  if (known !== null && known !== 'count') return known
  if (IS_PERCENT.test(after)) return 'percent'
  if (/^(?:[$€£¥]|us\$|nt\$|hk\$|usd|eur|gbp|rmb|cny|ntd?|twd|hkd|jpy|sgd|chf|inr)/.test(amount))
    return 'money'
  if (IS_MONEY.test(after)) return 'money'
  if (IS_DURATION.test(after)) return 'duration'
  if (IS_SCORE.test(after)) return 'score'
  if (IS_MULTIPLE.test(after)) return 'multiple'
  if (/^0(?:\.0+)?$/.test(amount)) return 'zero'
  return /[万亿]/.test(amount) ? 'large' : 'count'
}
