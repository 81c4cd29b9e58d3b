/** Metrics that have a value today, whatever it is: reaching a number of one raises the question from where. */
const RATES =
  'rates?|shares?|ratios?|percentages?|proportions?|scores?|index|indices|ratings?|nps|e-?nps|csat|ces|grades?|latency|latencies|response|durations?|wait(?:s|ing)?(?: times?)?|times?|lead time|cycles?|turnarounds?|retention|churn|attrition|turnover|satisfaction|engagement|coverage|attendance|conversions?|conversion|occupancy|utili[sz]ation|adoption|margins?|penetration|awareness|accuracy|precision|recall|yield|throughput|adherence|compliance|completeness|literacy|proficiency|absenteeism|absence|abandonment|efficiency|productivity|velocity|frequency|occupancies|on-time|first-(?:call|contact|time|pass) (?:resolution|fix|right|yield|pass)|self-service|stickiness|loyalty|bounce|payback|dso|downtime|ebitda|profitability|freshness|load factor|fill|predictability|reliability|maturity|responsiveness|punctuality|visibility|consistency|fluency|morale|belonging|wellbeing|inclusion|traffic|headcount|backlog'
const LEVELS_OF_PEOPLE =
  'revpar|adr|oee|saidi|saifi|mtbf|sell-through|dau|mau|wau|dau/mau|(?:daily|weekly|monthly)[ -](?:[a-z]+[ -]){0,2}(?:users|teams|accounts|players|listeners|readers|viewers|visitors|visits|sessions|shoppers|customers|members|learners|riders|developers|contributors|active|actives|orders|bookings|revenue|sales|volume|transactions)|active (?:[a-z]+ )?(?:users|teams|accounts|players|members|learners|customers|developers|subscribers)'
const MONEY_LEVELS =
  'arr|mrr|arpu|arppu|acv|aov|cac|ltv|clv|nrr|grr|ndr|roas|roi|costs? (?:per|of|to)|cost|spend|spending|bill|price|revenue per|sales per|(?:basket|order|ticket|deal|contract) (?:size|value)|run[ -]rate|burn(?: rate)?|runway'
const AVERAGES = 'average|avg|mean|median|typical|p50|p75|p90|p95|p99|percentile|ctr|ppm|mttr|mttd|mtbf|crr'

export const LEVEL = new RegExp(
  `(?<![a-z]|(?:first|full|part|real|one|all|long)-)(?:${RATES}|${LEVELS_OF_PEOPLE}|${MONEY_LEVELS}|${AVERAGES})(?![a-z])`,
)

/** “at least” and the like, before a number. */
const ABOUT =
  '(?:(?:an? |the |of |about |around |roughly |at least |over |above |more than |better than |under |below |less than |up to |no less than |or |average |score |rating |index |level |nps |csat |rate |just |only |well )){0,4}'

/** “reach an NPS of”: what follows is to be reached. */
export const REACHES = new RegExp(
  `(?<![a-z-])(?:reach|hit|achiev|attain|crack|surpass|pass|cross|exceed|top|break|post|get to|gets to|land at|lands at|arrive at|arrives at|clear|see|secure|earn)(?:e|es|ed|ing|s|ting)?(?![a-z])[^,;.]{0,60}$`,
)

/** “get latency under”, “take churn down to”, “bring costs within”. */
export const CAUSES = new RegExp(
  `(?<![a-z-])(?:get|getting|take|taking|pull|pulling|bring|bringing|have|turn|squeeze|push|pushing|keep driving|want)(?![a-z])[^,;.]{1,90}?(?<![a-z])(?:to|under|below|above|over|past|beyond|within|inside|at|into|at or (?:below|above)|[<>≤≥]=?)\\s?${ABOUT}$`,
)

/** “retention at 28 %”, “NPS is at 50”, “DAU up to 5,000”: a metric, and where it is to be. */
export const STANDS_AT = new RegExp(
  `(?<![a-z])(?:(?:is |are |be |sits? |stands? |comes in |lands? |lies? |now )?at|hits?|reach(?:es)?|gets? to|goes to|moves? to|up to|down to|rises? (?:above|past|over)|climbs? (?:above|past|over)|(?:falls?|drops?|dips?|sinks?) (?:below|under)|tops|crosses|passes|=)\\s?(?:an? |the |about |around |roughly |just )?$`,
)

/** “OEE at 80 %”. */
export const IS_AT =
  /^(?!.*(?<![a-z])(?:capped|limited|fixed|frozen|set|priced|sold|discounted)(?![a-z]))[^,;:.\d]{2,60}(?<![a-z])(?:at|to)\s$/
/** “reach 60 % of schools” counts schools. */
export const IS_SHARE_OF = /^\s?(?:%|percent|per cent)?\s?(?:of(?![a-z])|$|[.,;])/

/** A bound is a state to keep, unless there is a day to reach it by. */
export const BOUND =
  /(?<![a-z])(?:of|is|are|below|under|above|over|than|at least|exceeds?|at most|[:<>≤≥]=?)\s?(?:an? )?$/
export const BY_DATE =
  /(?<![a-z])(?:by|before|until|come) (?:the )?(?:(?:end|close|start|middle|beginning) of|year|mid|·|q[1-4]|h[12]|next|spring|summer|autumn|fall|winter|christmas|easter|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fy|season|term|20\d\d|end)/

/** “NPS of 45”: nothing but a level and its number. */
export const BARE = new RegExp(`(?:${LEVEL.source})(?:[^,;.:]{0,30}?(?<![a-z])(?:of|is|[:=]))?\\s?(?:an? )?$`)
export const BOUND_AFTER =
  /^[^,;.]{0,12}?(?:or (?:more|less|better|above|below|higher|lower|fewer)|at (?:least|most)|\+)/

/** What is to stay as it is has no start. */
export const KEEPS =
  /(?<![a-z-])(?:keep(?:s|ing)?|kept|maintain(?:s|ed|ing)?|stay(?:s|ing)?|remain(?:s|ing)?|hold(?:s|ing)?|held|sustain(?:s|ed|ing)?|preserv(?:e|es|ing)|never|consistently|throughout|at all times|all (?:year|quarter|season)|in a row|consecutive|(?:every|each|any) (?:single )?(?:day|week|month|quarter|sprint|release|shift)|not? (?:more|exceed|drop|fall|rise|longer)|per day on|uptime|availab[a-z]*|slos?|slas?|error budgets?|within budget|stable|steady|flat)(?![a-z])/

/** What did not exist before starts at zero. */
export const STARTS_AT_ZERO =
  /(?<![a-z])(?:net[ -]new|newly|incremental|additional|extra|launch(?:es|ed|ing)?|go(?:es)?[ -]live|beta|pilots?|piloting|greenfield|from (?:scratch|zero|nothing|nil)|first (?:year|month|week|quarter|season) (?:of|after|on)|new (?:arr|mrr|revenue|business|products?|apps?|features?|services?|markets?|stores?|shops?|sites?|platforms?|tools?|portals?|plans?|tiers?|branch(?:es)?|lines?|offerings?|country|region|city|channel|programmes?|programs?|course|contracts?|bookings|pipeline))(?![a-z])/

/** “20 % growth” is as far as it goes, from anywhere. */
export const RELATIVE_COUNTED =
  /^[^,;.]{0,28}?(?<![a-z-])(?:growth|increases?|reductions?|decreases?|improvements?|uplift|drop|savings?|gains?|rise|decline|more|fewer|less|higher|lower|faster|cheaper|better|shorter|discount|off|year[ -]on|yoy|complete|completed|done|completion of|progress)(?![a-z])/
export const RELATIVE_BEFORE =
  /(?<![a-z-])(?:growth|increases?|reductions?|decreases?|improvements?|uplift|savings?|gains?|decline|progress|yoy|cagr|(?:up|down|risen|fallen|grown|rise|rises|grow|grows|fall|falls|by) by|by)(?![a-z])[^,;.]{0,16}$/
