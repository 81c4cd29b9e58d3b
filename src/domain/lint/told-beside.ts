import type { Amount, AmountKind } from './amounts.ts'

/**
 * Whether two amounts may be of the same thing: both shares, both money, both times, or both counted in the same.
 */
export function areAlike(normal: string, one: Amount, other: Amount): boolean {
  const isBare = BARE.includes(one.kind) && BARE.includes(other.kind)
  if (one.kind !== other.kind && !isBare) return false
  if (!isBare) return one.kind !== 'zero' && one.kind !== 'multiple'
  const [own, others] = [one, other].map((amount) => countedIn(normal, amount))
  return own === '' || others === '' || own === others
}

const BARE: readonly AmountKind[] = ['count', 'large', 'score']

/** The first word, or the Chinese measure word, of what is counted. */
function countedIn(normal: string, { endWithUnit }: Amount): string {
  const after = normal.slice(endWithUnit, endWithUnit + 24)
  const [, word = ''] = /^\s?\+?\s?([a-z][a-z'’-]*|[\u4e00-\u9fff])/.exec(after) ?? []
  return NO_NOUN.test(word) ? '' : word
}

const NO_NOUN =
  /^(?:are|is|was|were|did|does|do|had|have|has|been|today|now|currently|so|last|this|then|a|an|the|at|by|for|from|in|of|on|to|or|and|per|each|every|before|after|until|as|when|where|it|one|points?|以|左|或|的|起)$/

/**
 * Whether an amount is told beside an earlier one of the same thing, as where that stood: “93 % (FY25: 88 %)”,
 * “6 分钟，上季为 11 分钟”, “2.5 % against 4.1 % in H1”. What stands between opens a bracket, parts a sentence or compares,
 * and then names a time before or now, nothing that is to come.
 * @param covered the text with names and dates covered
 */
export function isToldBeside(covered: string, amount: Amount, previous: Amount): boolean {
  if (!areAlike(covered, amount, previous)) return false
  const between = covered.slice(previous.endWithUnit, amount.start)
  if (between.length > LONGEST_BETWEEN) return false
  const after = covered.slice(amount.endWithUnit, amount.endWithUnit + LONGEST_AFTER)
  if (DISTANCE_BEFORE.test(between) || DISTANCE_AFTER.test(after)) return false
  const bracket = BRACKET.exec(between)
  if (bracket !== null) return !STILL_TO_COME.test(bracket[1]!)
  if (COMPARES.test(between)) return true
  const aside = ASIDE.exec(between)?.[1]
  if (aside === undefined || STILL_TO_COME.test(aside)) return false
  if (BEFORE_OR_NOW.test(aside) || CHINESE_TIME_LAST.test(aside)) return true
  return LITTLE.test(aside) && TIME_AFTER.test(after)
}

/** Whether a later one of two amounts goes further than the first: “to 42 % (stretch 45 %)”. */
export function goesFurther(normal: string, one: Amount, other: Amount): boolean {
  const [first, later] = one.start < other.start ? [one, other] : [other, one]
  return GOES_FURTHER.test(normal.slice(Math.max(first.endWithUnit, later.start - 24), later.start))
}

const GOES_FURTHER =
  /(?<![a-z])(?:stretch|ideally|targets?|goals?|aim|hope|max|min|at (?:most|least|best)|of (?:which|whom|them))(?![a-z])[^,;()]*$|(?:目标|挑战|力争|争取|期望|理想|冲刺|其中|上限|下限)[^,;()]*$/

const LONGEST_BETWEEN = 80
const LONGEST_AFTER = 60

const BRACKET = /[([]([^()[\]\d]*)$/
/** From the last comma, colon or dash on. */
const ASIDE = /(?:[,;:。.]|\s[–—-]\s?|——?)([^,;:。.–—\d]*)$/

/** “plus 3”, “多 1 万”: how far, not from where. */
const DISTANCE_BEFORE =
  /(?:[+±−]|\s-|(?<![a-z])(?:by|plus|minus|another|extra)\s|[多少增减升降高低长涨差](?:了|约)?)\s?$/
const DISTANCE_AFTER =
  /^\s?(?:points? )?(?:more|fewer|less|higher|lower|better|faster|above|below|up|down|growth|increase|of (?:them|which|whom|these|those))(?![a-z])/
/** What is hoped for, reached, or a part of it, is no start. */
const STILL_TO_COME =
  /(?<![a-z])(?:stretch|targets?|goals?|aim|hope|ideally|plan(?:ned)?|by|until|(?<!used )to|reach(?:es|ing)?|at least|at most|max|min|up to|including|incl|of (?:which|whom|them)|each|every|per|i\.e|that is|equals|about|growth|increase|decrease|reduction)(?![a-z])|[≥≤><=+±≈]|(?<!改)目标|挑战|力争|争取|期望|预计|预期|理想|其中|包含|含|每|相当于|等于|约合|折合|即|亦即|误差|上限|下限|达到|升至|升到|降至|降到|增至|增加|减少|提升|提高|下降|成长|增长|缩短|年增|年减|底前|之前(?=[^,;]*(?:达|到|至))/
/** “against 4.1 %”, “compared with 76 % last summer”: comparing is enough. */
const COMPARES =
  /(?<![a-z])(?:against|versus|vs\.?|compared (?:to|with)|in comparison (?:to|with)|relative to|instead of|rather than|in place of|as opposed to|unlike|not|up from|down from|where(?:as)?|having been|starting (?:from|at)|coming from|a (?:jump|rise|fall|drop) from)(?![a-z])[^,;:()≥≤\d]{0,40}$|(?:对比|相较于?|相比于?|比起|较之|而非|而不是|不再是|不是|取代|有别于)[^,;()≥≤\d]{0,16}$/
const BEFORE_OR_NOW =
  /(?<![a-z])(?:now|today|currently|current|present(?:ly)?|at present|previous(?:ly)?|prior|former(?:ly)?|earlier|before|originally|initially?|baseline|base|status quo|start(?:ing|ed)?|was|were|had|used to|have been|has been|being|last|past|ago|as of|so far|to date|still|only|just|yet|historic(?:al|ally)?|(?<!by )·+)(?![a-z])|[去上前往历]年|同期|上(?:一|个|半|学|财|赛|一个)?(?:年|季|月|周|期|届|批|赛季|球季|学期|财年|财报)|前(?:一|两|二|三)?(?:年|季|月|期|届|批|次)|此前|之前|以前|先前|早前|原|过去|曾|旧|现|目前|当前|眼下|今[天日年]|当下|如今|迄今|截至|[年期季月]初|学期初|起点|起步|起始|起初|初始|最初|开始|基准|基线|基期|基数|往[年期届]|(?:集团|行业|同业|市场|大盘|全[院国行校市]|全公司|整体|总体)的?(?:平均|均值|水平|水准)|历史|对照|仅|只有|不到|不足|年前|个?月前|至今|[春夏秋冬][季天]|调研|调查|盘点|实测|测得|[一二三四五六七八九十两近]个?[年月季周]度?的?(?:平均|均值)|·+(?!\s?[底末终前])/
/** “换菜单前 130 克”, “V3 上线时 4.1 分”. */
const CHINESE_TIME_LAST = /[\u4e00-\u9fff·](?:时|之?前|当时|期间)\s?(?:为|是|约|约为|有)?\s?$/
/** “480 were on it in June”, “83 % do so today”. */
const LITTLE =
  /^\s?(?:(?:and|but|it|the|a|an|about|around|roughly|some|which|where|while|(?:we|they|it) [a-z]{2,12})\s){0,3}[$€£¥]?\s?$/
const TIME_AFTER =
  /^[^,;:.()\d]{0,30}?(?<![a-z])(?:now|at the moment|as things stand|today|currently|at present|so far|to date|ago|before|previously|last (?:year|quarter|month|week|term|season|spring|summer|autumn|fall|winter|time)|(?:in|at|for|during|since|as of) (?:the )?(?:·+|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|start|beginning|outset|moment|baseline|previous|prior|past|last))(?![a-z])/
