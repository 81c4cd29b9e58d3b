/** Word lists of the English rules, in lower case. Verbs are stems with the endings they take. */

/** Says a direction, but not how far. */
export const VAGUE =
  /(?<![a-z-])(?:improv(?:e|es|ed|ing|ements?)|enhanc(?:e|es|ed|ing)|optimi[sz](?:e|es|ed|ing)|increas(?:e|es|ed|ing)|boost(?:s|ed|ing)?|strengthen(?:s|ed|ing)?|streamlin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?|minimi[sz](?:e|es|ed|ing)|maximi[sz](?:e|es|ed|ing)|grow(?:s|ing)?|accelerat(?:e|es|ed|ing)|speed(?:s|ing)? up|foster(?:s|ed|ing)?|promot(?:e|es|ed|ing)|driv(?:e|es|ing)|ensur(?:e|es|ed|ing)|encourag(?:e|es|ed|ing)|facilitat(?:e|es|ed|ing)|elevat(?:e|es|ed|ing)|support|leverag(?:e|es|ed|ing)|empower(?:s|ed|ing)?|simplif(?:y|ies|ied|ying)|expand(?:s|ed|ing)?|deepen(?:s|ed|ing)?|rais(?:e|es|ed|ing)|cut(?:s|ting)?|rais(?:e|es)|upskill|moderni[sz]e|cultivat(?:e|es|ed|ing)|nurtur(?:e|es|ed|ing)|sharpen(?:s|ed|ing)?|reinforc(?:e|es|ed|ing)|broaden(?:s|ed|ing)?|heighten(?:s|ed|ing)?|intensif(?:y|ies|ied|ying)|enrich(?:es|ed|ing)?|solidif(?:y|ies|ied|ying)|revitali[sz](?:e|es|ed|ing)|better|great(?! britain)|tighten(?:s|ed|ing)?|strong|seamless|excellent|high[ -]quality|world-class|faster|higher|quicker|cheaper|more|fewer|less|greater|happier|stronger|smoother|easier|cleaner|healthier)(?![a-z-])/

const LONG_VERBS =
  'complet(?:e|ed|ing)|develop(?:ed|ing)?|launch(?:ed|ing)?|implement(?:ed|ing)?|buil(?:d|t|ding)|migrat(?:e|ed|ing)|roll(?:ed|ing)? out|deploy(?:ed|ing)?|releas(?:e|ed|ing)|publish(?:ed|ing)?|ship(?:ped|ping)?|deliver(?:ed|ing)?|creat(?:e|ed|ing)|writ(?:e|ing)|introduc(?:e|ed|ing)|establish(?:ed|ing)?|install(?:ed|ing)?|integrat(?:e|ed|ing)|set(?:ting)? up|finish(?:ed|ing)?|finali[sz](?:e|ed|ing)|execut(?:e|ed|ing)|conduct(?:ed|ing)?|organi[sz](?:e|ed|ing)|host(?:ed|ing)?|hold(?:ing)?|perform(?:ed|ing)?|run(?:ning)?|carry(?:ing)? out|kick(?:ing)? off|start(?:ed|ing)?|begin(?:ning)?|prepar(?:e|ed|ing)|produc(?:e|ed|ing)|record(?:ed|ing)?|draft(?:ed|ing)?|defin(?:e|ed|ing)|redefin(?:e|ed|ing)|redesign(?:ed|ing)?|refactor(?:ed|ing)?|rewrit(?:e|ing)|rebuild(?:ing)?|replac(?:e|ed|ing)|upgrad(?:e|ed|ing)|automat(?:e|ed|ing)|port(?:ed|ing)?|document(?:ed|ing)?|configur(?:e|ed|ing)|analy[sz](?:e|ed|ing)|investigat(?:e|ed|ing)|explor(?:e|ed|ing)|evaluat(?:e|ed|ing)|present(?:ed|ing)?|updat(?:e|ed|ing)|revamp(?:ed|ing)?|overhaul(?:ed|ing)?|consolidat(?:e|ed|ing)|decommission(?:ed|ing)?|participat(?:e|ed|ing) in|collaborat(?:e|ed|ing)|continue|agree(?: on)?|align on|discuss|identify|collect|gather|compile|clean up|roll-out|work(?:ing)? (?:on|with)|focus(?:ing)? on|pilot(?:ed|ing)?|prototype|onboard|send(?:ing)?|post(?:ing)?|adopt|enable|put in place|move|switch|convert|extend|add'
/** Stems of verbs with any ending. */
const MORE_VERBS =
  '(?:translat|provid|offer|suppl|assign|distribut|purchas|procur|renovat|relocat|digiti[sz]|archiv|remov|retir|sunset|merg|outsourc|negotiat|propos|submit|regist|enroll?|specif|outlin|simulat|validat|verif|benchmark|assess|measur|track|inspect|formali[sz]|standardi[sz]|centrali[sz]|unif|coordinat|arrang|schedul|recruit|teach|educat|mentor|advis|inform|notif|communicat|announc|advertis|sponsor|film|edit|locali[sz]|rebrand|renam|reorgani[sz]|restructur|transition|embed|instrument|provision|containeri[sz]|encrypt|patch|harden|debug|activat|connect|synchroni[sz]|expos|script|hand over|follow up|wrap up|roll back|phase out|shut down|spin up|stand up|put together|come up with|look into|bring in|sign up for)(?:e|es|ed|ing|y|ies|ied|ying|s|ted|ting)?'
const SHORT_VERBS = 'set|design|test|plan|research|review|audit|report|map|hire|do|make|open|share'
const CONTACTS =
  'rollout|conduct(?:ed|ing)?|hold(?:ing)?|host(?:ed|ing)?|organi[sz](?:e|ed|ing)|perform(?:ed|ing)?|carry(?:ing)? out|writ(?:e|ing)|draft(?:ed|ing)?|record(?:ed|ing)?|migrat(?:e|ed|ing)|digiti[sz](?:e|ed|ing)|archiv(?:e|ed|ing)|roll(?:ed|ing)? out|deploy(?:ed|ing)?|send(?:ing)?|document(?:ed|ing)?|fix(?:ed|ing)?|refactor(?:ed|ing)?|interview(?:ed|ing)?|survey(?:ed|ing)?|train(?:ed|ing)?|visit(?:ed|ing)?|call(?:ed|ing)?|meet(?:ing)?(?: with)?|attend(?:ed|ing)?|contact(?:ed|ing)?|invit(?:e|ed|ing)|talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with|at)|reach(?:ing)? out to|sit(?:ting)? down with|chat(?:ting)? with|knock(?:ing)? on|phone|phon(?:e|ed|ing)|shadow(?:ed|ing)?|poll(?:ed|ing)?|brief(?:ed|ing)?|pitch(?:ed|ing)? (?:to|at)|inspect(?:ed|ing)?|coach(?:ed|ing)?|email(?:ed|ing)?|demo'

/** What somebody does, at the start of a text. */
export const ACTIVITY_HEAD = new RegExp(
  `^(?:${LONG_VERBS}|${MORE_VERBS})(?![a-z-])(?! (?:rate|time|frequency|speed|cost|size)s?\\b)`,
)
/** Verbs that are nouns as often: only where something to do follows. */
export const SHORT_ACTIVITY_HEAD = new RegExp(
  `^(?:${SHORT_VERBS}) (?:a|an|the|our|all|each|every|new|\\d+|two|three|four|five|six|seven|eight|nine|ten|at least|and)(?![a-z])`,
)
/** The same where nothing is counted: whatever stands there, it is no result. */
export const SHORT_WORK_HEAD = new RegExp(
  `^(?:${SHORT_VERBS}|demo|prototype|monitor|coordinate|schedule) (?!coverage|rate|results?|quality|teams?|costs?|time|score)(?=[a-z])`,
)
/** Where nothing is counted, a word before “the” or “our” is a verb, and what it does is work unless it is one of these. */
export const OTHER_VERB_HEAD =
  /^(?!(?:be|become|win|delight|earn|love|reach|achieve|lead|dominate|own|beat|please|inspire|have|get|gain|keep|remain|stay|enjoy|trust|know|understand|obtain|receive|pass|secure|sign|close|in|on|at|by|for|from|with|of|to|under|over|across|all|both|and|or|is|are|not|only|the|our|within|through|into|as|what|when|if) )[a-z]{3,14} (?:a|an|the|our|all|every|each|its|their)(?![a-z])/
/** Whom they are counted by does not make these a result. */
export const CONTACT_HEAD = new RegExp(
  `^(?:(?:${CONTACTS})(?![a-z-])|(?:test|research|review|audit|plan|design) (?:a|an|the|our|all|each|every|new|\\d)(?![a-z]))`,
)
/** “20 customer interviews”, “have 30 calls with …”: meetings and writing, counted. */
export const COUNTED_WORK =
  /^(?:[a-z-]+ ){1,3}(?:tours|workshops|trainings|training sessions|visits|webinars|seminars|lectures|talks|roadshows|briefings) (?:for|with|in|at) (?:at least |over )?(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?:[a-z-]+ ?){1,4}[.!]?$|^(?:at least |have |do |run |another |make |give |pay |hold |lead )?(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|a dozen)\+?(?: ?x)? (?:[a-z-]+ ){0,3}(?:interviews|workshops|webinars|trainings|training sessions|blog posts|posts|articles|newsletters|surveys|meetups|sessions|case studies|(?:site |home |store |school |customer |client |farm |field |house )visits|presentations|talks|conversations|check-ins|drills|audits|coffee chats|office hours|stand-ups|lectures|seminars|roadshows|town halls|walkthroughs|ride-alongs|phone calls|(?:cold|sales|outbound|follow-up) (?:calls|emails)|calls with [a-z -]+)(?: (?:held|conducted|completed|done|published|written|recorded|run|delivered|organi[sz]ed))?(?= (?:with|about|on|for|in|at|per|across|by|every|each|to|a month|a week|of) |[.,!]?$| ·)/
/** “Close 120 tickets”: what comes in is worked off, whatever it is. */
export const WORKED_OFF =
  /^(?:close|resolve|work off|process|handle|clear|work through|go through) (?:at least |over |another |the )?(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty) (?:[a-z-]+ ){0,3}(?:tickets|bugs|issues|stories|story points|tasks|work items|user stories)(?![a-z])(?! (?:within|in under|in less|per|a day|older))/
/** “Weekly sync with Legal”, “monthly newsletter”. */
export const REGULAR_WORK =
  /^(?:an? )?(?:daily|weekly|bi-?weekly|fortnightly|monthly|quarterly|regular) (?:[a-z-]+ ){0,3}(?:syncs?|meetings?|calls?|check-ins?|newsletters?|reports?|reviews?|stand-?ups?|retros?|retrospectives?|workshops?|sessions?|updates?|mailings?|posts?|town halls?|trainings?|one-on-ones|briefings?|audits?)(?= (?:with|for|to|on|about|between|across|at|in|of|by) |[.!]?$)/
/** “Review all contracts above €50k”: the number says which, not how far. */
export const ALL_OF_HEAD =
  /^(?:review|audit|map|check|inspect|assess|renegotiate|document|test|train|migrate|visit|call|update|scan|interview|survey|analy[sz]e) (?:all|every|each|any|the)(?![a-z])/
export const SAYS_WHICH =
  /(?<![a-z])(?:above|over|below|under|worth|older than|larger than|bigger than|smaller than|more than|less than|with|of at least)\s?$/
/** What work is said to lead to. */
export const BRINGS =
  /(?<![a-z-])(?:(?:that|which|who|and|to)(?: each| all| together)? (?:bring|win|attract|generate|reach|convert|earn|get|draw|produce|yield|sell|gain|add)s?|lead(?:s|ing)? to|result(?:s|ing)? in|bringing(?: in)?|generating|attracting|winning|earning|cited|downloaded|bought|used|chosen|shared|installed|ordered)(?![a-z])[^,;]{0,40}$/
export const SPENDING_HEAD =
  /^(?:spend|invest)(?:ing)?(?![a-z-]| (?:per|on [^,;]{1,40}? (?:falls|drops|rises|is)))/
export const ACTIVITY_NOUN_HEAD =
  /^(?:the )?(?:\w+ ){0,3}(?:completion|development|implementation|creation|introduction|rollout|roll-out|migration|deployment|launch|kick-?off|integration|redesign) (?:of|to|is|for)(?![a-z])/

const DONE =
  'complete(?:d)?|developed|launched|implemented|built|migrated|delivered|deployed|released|published|introduced|established|created|designed|written|rolled out|shipped|finished|finali[sz]ed|installed|set up|integrated|documented|automated|replaced|refactored|upgraded|redesigned|conducted|held|organi[sz]ed|trained|defined|tested|done'
export const ACTIVITY_DONE = new RegExp(
  `(?:(?<![a-z])(?:is|are|was|were|been|gets?|be) (?:fully |successfully |now )?(?:${DONE})(?![a-z-])|(?<![a-z-])(?:${DONE}|in place)[.!]?$|(?<![a-z-])rolled out to |^all (?:[a-z-]+ ){1,4}(?:${DONE}|briefed|audited|updated|reviewed) (?:on|in|to|for|with|about|and) )`,
)

/** Things that come about rather than being made: counting them is counting a result. */
export const OUTCOME_NOUN =
  /(?<![a-z-])(?:customers|clients|users|subscribers|members|buyers|accounts|logos|deals|orders|sales|revenue|leads|mqls|sqls|opportunities|sign-?ups|installs|downloads|visits|visitors|views|viewers|readers|listeners|followers|fans|donors|partners|patients|students|transactions|bookings|trials|merchants|sellers|drivers|developers|referrals|reviews|ratings|tickets|requests|payments|claims|shops|stores|teams|people|households|companies|learners|employees|contributors|incidents|defects|bugs|complaints|outages|errors|hires|engineers|designers|nurses|teachers|doctors|volunteers|signatures|donations|pledges|farmers|guests|families|pupils|parents|citizens|residents|visas|wins|nominations|citations|pre-?orders|licen[cs]es|seats|units|memberships|subscriptions|registrations|applications|applicants|participants|attendees|leases|contracts|renewals|hospitals|clinics|schools|dealers|suppliers|resellers|restaurants|banks|cities|gyms|couriers|landlords|farms|meals|parcels|kits|doses|vaccinations|trees|homes|tonnes|tons|packages|bottles|books|loans|policies sold)(?![a-z-])/
/** What those who are counted then do. */
export const COMES_ABOUT =
  /^[^,;.]{0,40}?(?<![a-z-])(?:convert|converting|renew|renewing|paying|pay|buying|buy|order (?:from|it|again)|signing|return|returning|recommend|recommending|adopting|upgrade|upgrading|subscribe|subscribing|purchas(?:e|ing)|ordering|donating|enrolling|joining|graduating|staying|turning into)(?![a-z])/
/** What is won is a result, whatever it is. */
export const WINS =
  /(?<![a-z-])(?:win|wins|sign|signs|gain|gains|earn|attract|attracts|acquire|convert|converts|retain|retains|reach|reaches|sell|sells|raise|raises|collect|collects|get|gets|secure|secures|land|lands|save|saves) (?:at least |over |more than |another |the first |our first )?$/

/** What customers are only an adjective of: “customer workshops”, “sales trainings”. */
export const OUTPUT_NOUN =
  /(?<![a-z-])(?:workshops?|trainings?|interviews?|posts?|articles?|events?|webinars?|meetups?|meetings?|sessions?|campaigns?|emails?|newsletters?|surveys?|reports?|features?|releases?|stor(?:y|ies)|studies|videos?|courses?|calls?|demos?|experiments?|tests?|pages?)(?![a-z-])/

export const UNFINISHED_SHARE =
  /100 ?(?:%|percent|per cent) (?:of )?(?:the |our |all )?(?!.*within)|\d{1,3} ?(?:%|percent|per cent) (?:of )?(?:the |our |all )?(?:[a-z-]+ ){0,3}(?:migration|roll-?out|project|roadmap|implementation|development|backlog|construction|documentation|milestones|planned work|work packages|action items|to-dos)(?![a-z])|100 ?% (?:complete|completed|done|finished|delivered)/

/** Work that is done or not done, with nothing in between. */
const ATTAIN =
  'get|obtain|achiev(?:e|ing)|pass|receiv(?:e|ing)|secur(?:e|ing)|earn|become|be|gain|win|attain|acquire|complete|renew|apply for|file|have'
export const BINARY = [
  new RegExp(
    `^(?:${ATTAIN})(?:ed|s|ing)?(?![a-z]).{0,60}(?:certif|accredit|audit|complian|patent|licen[cs]|approv|permit|award|funding|listed|ipo|inspection|recertif|exam|clearance)`,
  ),
  /(?<![a-z])(?:approves?|approval|granted|awarded)(?![a-z])|(?:complian\S+|certifi\S+|accreditation|licen[cs]e|permit|clearance|approval)(?: [a-z0-9·'-]+){0,6}? (?:is )?(?:achieved|received|obtained|in hand|in place|on file|in the bag|on the wall|framed|secured|delivered|granted)/,
  /(?<![a-z])(?:certified|compliant|accredited|approved|certification (?:is )?(?:obtained|received|achieved|granted))(?![a-z])/,
  /^(?:sign|win|close|hire|appoint|acquire|open|enter|file|found|incorporate|merge|name|land|secure|select|choose|appointed|signed|recruit|find) (?:a|an|the|our|one|with|into|its|series|seed|new|\S+ with)(?![a-z])/,
  /^(?:sign|close|enter|go)(?:ed|ing)? (?!\d)\S+(?: \S+){0,4} (?:contract|agreement|partnership|round|market|deal|funding|series [a-e])(?![a-z])/,
  /^(?:launch|release|publish|ship) (?:a|an|the|our|in|new|·)/,
  /(?<![a-z])(?:is|are|goes|go|gone|went|be|becomes?) (?:now )?(?:live|available|in production|operational|public|open|in place|up and running|signed|approved|listed|hired|chosen)(?![a-z])/,
  /(?<![a-z])(?:contract|agreement|deal|round|office|partnership|budget|policy)(?: \S+){0,4} (?:is )?(?:signed|closed|opened|approved|in place|won)(?![a-z])/,
  /(?<![a-z])(?:adopted|ratified|signed off|enacted|incorporated|inaugurated|licensed|patented|elected|notari[sz]ed|countersigned|green-?lit|rubber-stamped)(?= (?:by|on|before|in|at|for|·)|[.!]?$)/,
  /(?<![a-z])(?:audit|inspection|exam|review|accreditation|assessment|certification|vote|bill|budget|statutes|plan|proposal|tender|licen[cs]e|permit|patent|policy|contract|agreement|merger|visa|bid|application|recertification|clearance)(?: [a-z0-9·-]+){0,3} (?:is |are |was |gets )?(?:passed|signed|won|secured|accepted|renewed|cleared|issued|filed|obtained|granted|approved|received|awarded|agreed|confirmed|registered)(?![a-z])/,
  /(?<![a-z])(?:hired|appointed|recruited|in post|in role|on board)[.!]?$/,
  /^(?:[a-z-]+ ){0,3}(?:branch|office|store|shop|site|clinic|school|plant|hub|warehouse|lab|centre|center|depot|line)(?: [a-z·-]+){0,4} (?:open|opened|opens|operational|running)(?![a-z])/,
  /(?<![a-z])(?:opens? (?:its|their) doors|(?:goes|go|enters?|comes?) (?:in)?to (?:operation|service|production|print|force|effect|use)|is concluded|is commissioned|takes effect)(?![a-z])/,
  /^comply with /,
  /^(?:get|obtain|achieve|earn|attain|receive|secure)(?: [a-z·-]+){0,4} (?:label|consent|seal|mark|badge|status|title)(?![a-z])|^(?:achieve|attain|obtain) ·/,
  /^(?:the |our )?(?:board|council|parliament|partners|committee|shareholders|senate|city|ministry|regulator|court|union|assembly)(?: [a-z]+)? (?:adopts?|approves?|ratif(?:y|ies)|pass(?:es)?|signs?|agrees?|accepts?|endorses?|grants?) /,
  /(?<![a-z])(?:found|filled|concluded|nominated|commissioned)[.!]?$/,
  /\(?(?:yes ?(?:\/|or) ?no|done ?(?:\/|or) ?not(?: done)?|pass ?(?:\/|or) ?fail|true ?\/ ?false)\)?/,
]

const CHANGE =
  '(?<![a-z-])(?:increas|rais|ris|grow|lift|boost|improv|expand|scal|reduc|cut|lower|decreas|shorten|shrink|bring|drop|slash|climb|fall|push|go up|go down|drive|get|gets|speed|mov|bump|nudg|trim|ramp|elevat|hik|squeez|tighten|compress|slim|dip|sink|declin|recover|restor|jump|crank|dial|whittl|narrow)(?:e|es|ed|s|ing|ting|ming|ping|n|ns)?(?![a-z])'
/** Before a number that a change ends at. */
export const CHANGE_TO = new RegExp(
  `${CHANGE}.{0,120}?\\bto (?:(?:under|below|less than|at least|over|above|more than|about|around|only|at most|no more than|an average of|a|an)\\s){0,2}$`,
)
/** “cut … below 5 %”: a change ends here where no other number follows. */
export const CHANGE_PAST = new RegExp(
  `${CHANGE}(?![^,;]{0,120}\\b(?:by|for|than|with|who|that|lasting|valued|worth)\\b)[^,;]{0,120}?\\b(?:below|under|beneath|above|past|beyond)\\s(?:a |an |the )?$`,
)
export const BASELINE_BEFORE =
  /\b(?:currently|current|now|today|was|were|baseline|up from|down from|versus|vs\.?|last (?:year|quarter|month|week|term|season|spring|summer|autumn|fall|winter|time)(?:['’]s)?|compared (?:to|with)|instead of|as of today)(?: (?:of|at|is|about|around|an average of|only))?[\s:=(]{0,3}$/

/** What parts a text into results. */
export const CONJUNCTION =
  /\b(?:and|as well as|plus|while also)\b|[;&]|,\s(?=(?:increase|reduce|raise|cut|grow|improve|lower|decrease|keep|achieve|reach|maintain)\b)|,\s(?=[a-z][^,;]{0,50}?\bfrom [^,;]{0,12}\d[^,;]{0,20}\bto [^,;]{0,12}\d)/
export const JOINED_BOUNDS = /\bbetween\b[^,;]{1,30}?\band\b/g

/** Left over of a part when these are gone: what it is about. */
export const FILLER =
  /\b(?:i\.e\.|that is|in other words|which (?:is|means)|reach(?:es|ed|ing)?|hit(?:s|ting)?|total(?:s|l?ing)?|amount(?:s|ing)?|equal(?:s|l?ing)?|stand(?:s|ing)?|mak(?:es|ing)|tak(?:es?|ing)|bring(?:s|ing)?|means|it|them|was|were|is|last year|today|currently|previously|now|a gain|gain|drop|increases?|decreases?|reduction|usd|us|eur|gbp|rmb|cny|ntd?|twd|hkd|jpy|sgd|chf|inr|dollars?|euros?|pounds?|thousand|million|billion|mn|bn|increase|raise|reduce|cut|lower|grow|improve|rise|rises|fall|falls|from|to|by|at|in|of|the|a|an|below|above|under|over|least|most|more|less|than|or|half|per|within|between|and|up|down|days?|hours?|h|minutes?|mins?|weeks?|months?|years?|quarters?|seconds?|ms|s|percent|points?|stars?|k|m|end|for|on|each|every|average|higher|better)\b/g

export const PREFIX =
  /^(?:(?:kr|o)\s?\d{0,2}(?:\.\d)?\s?[:.–-]\s?|[·\s,.:;–()[\]"'“”*•-]+|(?:by|in|until|before|during|at|on|within|over) (?:the )?(?:end of |beginning of |start of |middle of |next |this )?(?:the )?(?:·+|year|quarter|month|week|half|cycle|\d+ (?:weeks?|months?|days?)|next (?:week|month|quarter))[\s,:·]*|(?:we (?:(?:will|want to|have|aim to) )?(?=[a-z])|to |will |successfully |fully |please |finally |team:? |also |then |help to |plan to |continue to |have ))/
