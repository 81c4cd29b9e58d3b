/**
 * Digits that are no amount: dates, names, versions, norms, ranks. Each pattern is linear: bounded repetition, no
 * nesting. They are compared with lower-case text in simplified characters.
 */
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const YEAR = '(?:19|20)\\d{2}'
const DIGIT = '[一二两三四五六七八九十]'

const DATES = [
  String.raw`\b${YEAR}[-/.]\d{1,2}(?:[-/.]\d{1,2})?\b`,
  String.raw`\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d{2}\b`,
  String.raw`\b${YEAR}\s?[-/]?\s?[qh][1-4]\b`,
  String.raw`\b[qh][1-4](?:[\s/-]{0,2}${YEAR}|\s?['’]\d{2})?(?!\d)`,
  String.raw`\b[1-4]q(?:\s?${YEAR})?\b`,
  String.raw`\bfy\s?['’]?\d{2,4}(?:/\d{2,4})?\b`,
  String.raw`\b(?:cw|kw|week)\s?\d{1,2}\b`,
  String.raw`\b${MONTH}\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s${YEAR})?\b(?!\s?[%‰])`,
  String.raw`\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?${MONTH}\b\.?(?:,?\s${YEAR})?`,
  String.raw`\b${MONTH}\s${YEAR}\b`,
  String.raw`\b(?:the\s)?\d{1,4}(?:st|nd|rd|th)\b`,
  String.raw`${YEAR}\s?(?:年度?|财年)[底末初内]?`,
  String.raw`(?<!\d)\d{2}\s?年[底末初]`,
  String.raw`\d{1,2}\s?月(?!活)(?:\s?\d{1,2}\s?[日号])?[份底末初]?`,
  String.raw`[一二三四五六七八九十]{1,2}月(?!活)`,
  String.raw`第?\s?[一二三四1-4]\s?季度?`,
  String.raw`[上下]半年|(?<!\d)半年|双\s?(?:十一|十二|11|12)|618|11\.11|12\.12`,
  String.raw`(?<!(?:from|to|[$€£¥→至到从由])\s?)\b20[2-3]\d\b(?!\s?[%‰万亿家个名人位件次])`,
  String.raw`(?<=(?<![a-z])(?:the|at|by|before|until|after)\s)(?:[01]?\d|2[0-3]):[0-5]\d(?![:\d])|(?<![:\d])(?:[01]?\d|2[0-3]):[0-5]\d(?=\s?(?:那|的|之?前|以前|之?后|以后|开|起|(?:am|pm|a\.m|p\.m|train|bus|ferry|flight|class)(?![a-z])))`,
  String.raw`\b(?:in|by|since|until|during|vs|before|after)\s${YEAR}\b(?!\s?[%‰])`,
]

const LIMITS_OF_NAMES = [
  'iso(?:/iec)?|iatf|astm|nist|cns|gjb|jis|fssc|brcgs|haccp|ansi|vda|as9|soc|pci dss|tls|saml|oauth|openid|http|wcag|cmmi|ifrs|asc|rfc|gb/t|iec|din|en iso|hl7 fhir',
  'windows|ios|android|python|java|node(?:\\.js)?|kubernetes|k8s|react|angular|vue|flutter|php|\\.net|postgresql|postgres|mysql|sql server|office|microsoft|dynamics|web|industry|工业|gpt|claude|llama|gemini',
  'version|版本|v|phase|stage|tier|series|sprint|wave|option|priority|sev|severity|gen|rule of|article|no\\.|number|type|top|big|fortune|global|episode|chapter|forbes',
]

const NAMES = [
  String.raw`https?://\S{1,200}`,
  ...LIMITS_OF_NAMES.map(
    (names) => String.raw`(?<![a-z])(?:${names})[\s/#-]{0,2}\d[\d.:]{0,11}(?!\s?[%‰\d])`,
  ),
  String.raw`#\d+`,
  String.raw`(?<![a-z])(?:phase|stage|wave|round|part|chapter|tier|version|level) (?:one|two|three|four|five)(?![a-z-])`,
  String.raw`(?<![a-z0-9])s/4\s?hana`,
  String.raw`(?<!(?:per|from|to|last|this|next|a|each)\s)\b(?:year|grade|line|ward|room|zone|plant|gate|terminal|building|floor|hall|class|track|lane|bay|route|pier|plot|lot|block|unit|flat|module|dock|turbine|reactor|furnace|tower|section|cohort|batch|quarter|area)\s\d{1,3}\b(?!\s?[%‰.,]\d|\s?[%‰])`,
  String.raw`(?<!(?:from|to)\s)\blevel\s?\d\b`,
  String.raw`(?<![a-z0-9])(?!(?:usd|eur|gbp|rmb|cny|ntd?|twd|hkd|jpy|sgd|us|chf|inr)\d|x(?:[2-9]|10)(?:\s[a-z]|[.!]?$))[a-z]{1,8}[-_]?\d+(?:\.\d+)*[a-z]{0,3}(?![\d%])`,
  String.raw`\b\d{1,2}xx\b`,
  String.raw`(?<![\d.,])(?:[2-6]g|[23]d|2fa|mp[34]|[2-4]c|b2[bc])(?![a-z\d])`,
  String.raw`\b[248]k(?=\s?(?:video|resolution|display|content|streaming|视频|超清))`,
  String.raw`\b[tdnhw]\+\d+`,
  String.raw`(?<![\d.])[5-8]s(?=\s?(?:管理|现场|活动|检查|稽核|整顿|标准|audits?|programme|program|standards?|method|scores?))`,
  String.raw`(?<![\d.])\d[ -]stars?(?= (?:reviews|ratings|hotels?|customers|guests|service|experience|feedback)(?![a-z]))`,
  String.raw`(?<=(?:the|our|its) )\d+(?:\.\d+)?\s?[a-z]{1,3}(?= (?:line|process|node|machine|press|fleet|class|range)(?![a-z]))`,
  String.raw`(?<![\d.])(?:24|7)\s?[/x×*]\s?(?:24|7|365)(?!\d)`,
  String.raw`(?<![\d.])1[-:]1\b|\b1-on-1\b|\b360(?=[°\s-]?(?:degree|度|°|feedback|评))`,
  String.raw`(?<!(?:to|below|under|within|of|a|an)\s(?:an?\s)?)\b\d+-(?:day|week|month|year|hour|minute|point|step|person|part|page|node)s?\b`,
  String.raw`\b\d+\s?(?:日|天|day|d)[\s-]?(?:内)?(?=留存|活跃|复购|续|retention|active|rolling|money|trial|churn)`,
  String.raw`第\s?\d+`,
  String.raw`(?:\d+|${DIGIT}{1,2})\s?(?:学年度?|年级|号线|号楼|号厂|号机|号仓|号店|号产线|号炉|届)`,
  String.raw`\d{3,5}\s?(?:\S{0,3}专线|\S{0,3}热线|银行|医院)`,
  String.raw`\d+(?:\.\d+)*\s?版`,
  String.raw`前\s?(?:\d+|${DIGIT})\s?大|(?:\d+|${DIGIT})大(?=[一-龥])`,
  String.raw`等保\s?(?:2\.0|[1-5])\s?级?|(?<![到至由从\d])\s[1-5]\s级`,
]

const PATTERNS = [...DATES, ...NAMES].map((source) => new RegExp(source, 'g'))

/** Takes the place of what is no amount, so that every other place stays where it was. */
const COVER = '·'

/** Without one of these there is nothing to cover, and most texts have none. */
const MAY_BE_NUMBER =
  /[\d一二两三四五六七八九十半]|(?:phase|stage|wave|round|part|chapter|tier|version|level) (?:one|two|three|four|five)/

/** The text with every date, name and version covered. */
export function withoutNamesAndDates(normal: string): string {
  if (!MAY_BE_NUMBER.test(normal)) return normal
  return PATTERNS.reduce(
    (text, pattern) => text.replace(pattern, (found) => COVER.repeat(found.length)),
    normal,
  )
}
