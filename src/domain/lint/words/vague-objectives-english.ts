/**
 * What English objectives are made of that say a direction and nothing one could see: a verb of betterment or of
 * fostering, and an abstract thing.
 */

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Say a direction whatever they are said of. */
const BETTERMENT = wordsOf(`
  accelerate advance ameliorate amplify augment better bolster boost broaden consolidate decrease deepen diversify
  elevate encourage energise energize enhance enrich expand facilitate fortify foster further heighten improve increase
  intensify lower maximise maximize minimise minimize modernise modernize optimise optimize professionalise
  professionalize promote raise rationalise rationalize reduce refine reinforce reinvigorate revitalise revitalize
  sharpen simplify strengthen streamline supercharge tighten transform uplift upskill empower engage motivate enable nurture cultivate leverage harness unleash champion digitalise digitalize digitise digitize
`)

/** Say a direction where what they bring about is abstract: one can also build a bridge. */
const FOSTERING = wordsOf(`
  achieve activate adopt advocate align attain attract be become bring build catalyse catalyze celebrate cherish
  create define deliver demonstrate develop drive embed embody embrace engender ensure
  establish evolve excel exemplify extend focus form forge gain generate grow guarantee harmonise harmonize 
  ignite implement infuse inspire install instil instill institutionalise institutionalize integrate invest keep lead
  live maintain manage mature maximise nourish offer operationalise orchestrate own pioneer position
  preserve prioritise prioritize promise provide pursue push realise realize reimagine reinvent renew safeguard scale
  secure set shape show solidify spark spearhead stabilise stabilize standardise standardize steer stimulate structure
  strive aspire upgrade support sustain tap unify unlock uphold utilise utilize value
`)

/** Not seen and not counted by themselves. */
const ABSTRACT = wordsOf(`
  ability accessibility accountability adaptability agility alignment ambition approach appeal aptitude atmosphere
  attitude attractiveness automation autonomy awareness balance behavior behaviour belonging brand business-continuity
  capability capacity care centricity clarity climate cohesion collaboration commitment communication community
  competence competency competitiveness compliance confidence connection connectedness connectivity consistency
  continuity contribution control conversion cooperation co-operation coordination co-ordination creativity credibility
  culture customer-centricity cybersecurity data-driven decision-making decision development dialogue differentiation
  digitalisation digitalization digitisation digitization discipline discoverability diversity ecosystem effectiveness
  efficiency effort empathy empowerment enablement engagement entrepreneurship environment equality equity ethic ethics
  ethos excellence execution expertise experience exposure feedback flexibility focus footprint foundation foundations
  fundamentals governance growth happiness harmony health hygiene identity image impact inclusion inclusiveness
  inclusivity influence initiative innovation insight integration integrity interaction internationalisation
  internationalization journey knowledge know-how landscape leadership learning literacy loyalty maintainability
  management market-share share maturity mindset mobility modernisation modernization momentum morale motivation
  network observability offering openness operation operations opportunity optimisation optimization outreach ownership
  participation partnership passion perfection performance pipeline portfolio position positioning posture potential practice
  preparedness presence prestige proactivity process productivity professionalism proficiency profile profitability
  progress proposition punctuality purpose quality readiness recognition reliability relationship relation relevance
  renown reputation resilience resource resources responsibility responsiveness retention rigor rigour risk robustness
  safety satisfaction scalability security sense service sharing skill solidarity speed spirit stability standard
  standards standing stewardship strategy strength success support sustainability synergy system-thinking talent
  teamwork thinking throughput tie ties traceability traction training transformation transition transparency trust
  understanding usability utilisation utilization value versatility vibrancy visibility vision vitality wellbeing
  well-being wellness work-life-balance workplace workforce
`)

/** Praise that fits anything. */
const PRAISE = wordsOf(`
  agile attractive award-winning best-in-class better bigger brighter cleaner cohesive collaborative compelling
  competitive cost-effective customer-centric customer-focused customer-oriented cutting-edge data-driven deeper
  digital diverse dynamic easier effective efficient empowered engaged engaging enhanced enriching excellent
  exceptional fair faster first-class flexible forward-looking fruitful future-proof future-ready good greater greener
  green happier harmonious healthier healthy high-performance high-performing high-quality higher holistic impactful
  improved inclusive innovative inspiring integrated leading lean leaner long-term lasting meaningful modern motivated
  outstanding passionate people-centric positive productive professional quicker reliable resilient responsible
  responsive robust safe safer scalable seamless simpler skilled smarter smoother state-of-the-art streamlined strong
  stronger superior sustainable tighter thriving top-notch top-tier transparent trusted unified unrivalled unrivaled
  valuable vibrant world-class
`)

/** Begin an objective that names what there should be more of: “Better alignment between …”. */
const MORE_OF = wordsOf(`
  best-in-class better bigger cleaner closer deeper enhanced excellent exceptional faster first-class fewer great greater
  happier healthier high-performing high-quality higher improved increased leaner less more optimised optimized outstanding
  reduced safer seamless simpler smarter smoother streamlined strengthened strong stronger superior sustainable tighter
  unified world-class
`)

/** “Improvement of …”, “Operational excellence”: the direction as a noun. */
const DIRECTION_NOUN =
  /^(?:the |an? )?(?:[a-z-]+ ){0,3}?(?:advancement|alignment|acceleration|betterment|collaboration|development|digitali[sz]ation|digiti[sz]ation|empowerment|enablement|enhancement|excellence|expansion|fostering|growth|harmoni[sz]ation|improvements?|innovation|integration|moderni[sz]ation|optimi[sz]ation|professionali[sz]ation|promotion|reduction|reinforcement|simplification|streamlining|strengthening|sustainability|transformation|wellbeing|well-being)(?: (?:of|in|across|for|between|among|throughout|within|through|at|and|with) |[.!]?$)/

/** Ways of saying “better” that no list of verbs has. */
const IDIOM =
  /(?<![a-z])(?:to the next level|to new heights|rais(?:e|ing) the bar|the way we work|go(?:ing)? the extra mile|lead(?:ing)? by example|(?:a|the|our) culture of (?:[a-z-]+ ){0,2}[a-z-]+[.!]?$|great place to work|employer of choice|partner of choice|thought leader(?:ship)?|cent(?:re|er) of excellence|best practices?|fit for the future|future-proof(?:ing)?|(?:drive|deliver|create|add|generate)(?:s|ing)? (?:[a-z-]+ ){0,2}value|step change|one team|walk the talk|push(?:ing)? the boundaries|do(?:ing)? more with less|work(?:ing)? (?:smarter|better together)|clos(?:er|e) together|stay(?:ing)? ahead of the (?:curve|competition)|be(?:ing|come|coming)? (?:an? |the )?(?:even )?(?:more|better)(?! than) |(?:a|the) (?:new|higher|next) levels? of|put(?:ting|s)? (?:the |our )?(?:customers?|patients?|people|users?|clients?|guests?|students?|learners|members?|quality|safety) (?:first|at the (?:heart|cent(?:re|er))))|^an? (?:even )?more [a-z-]+ [a-z-]+/
const LEADER =
  /^(?:be|become|being|becoming|establish (?:ourselves|us)|position (?:ourselves|us|the [a-z]+|our [a-z]+)|remain|be seen|be recogni[sz]ed)(?: as)? (?:an?|the|one of the|among the) (?:[a-z'’-]+ ){0,2}(?:leading|leader|world-class|top-tier|best-in-class|trusted|premier|respected|high-performing|innovative|excellent|outstanding|attractive|data-driven|customer-centric|sustainable|inclusive|innovator|pioneer|role model|benchmark|reference|go-to name)(?![a-z])|^(?:be|become|being|becoming|remain|stay) (?:the|an?|our [a-z-]+) (?:[a-z'’-]+ )?(?:preferred|first|top|number[ -]one|no\. ?1|go-to|most preferred|natural|undisputed) (?:[a-z-]+ ){0,2}?(?:choice|option|address|partner|provider|employer|supplier|vendor|destination|brand|agency|bank|insurer|carrier|company|business|name|platform|school|hospital|hotel|store|retailer|contractor|adviser|advisor|consultancy|firm|source)(?![a-z])|^(?:be|become|remain|stay) (?:an?|the|our [a-z-]+) (?:[a-z-]+ ){1,3}of choice(?![a-z])|^(?:be|become) (?:seen|recogni[sz]ed|known|regarded|perceived|viewed) as (?:the|an?|one of the) (?:best|most|first|top|finest|strongest|number[ -]one)(?![a-z])|^turn(?:ing)? [a-z'’ -]{1,40} into an? (?:[a-z-]+ ){0,1}(?:leading|leader|world-class|top-tier|best-in-class|trusted|premier|respected|high-performing|innovative|excellent|outstanding|attractive|data-driven|sustainable|benchmark)(?![a-z])/
const MADE_BETTER =
  /^mak(?:e|ing) (?:[a-z'’-]+ ){1,9}?(?:more (?!than)[a-z-]+|better|easier|faster|stronger|smoother|simpler|safer|smarter|leaner|greener|healthier|happier|quicker|stronger|great|greater|efficient|sustainable|attractive|competitive|inclusive|effective|transparent|scalable|resilient|seamless)(?= (?:and|for|to|in|across|at|on|throughout) |[.!]?$)/

/** What makes an objective of it all the same: somebody is seen doing or feeling something. */
const PICTURE =
  /(?<![a-z])(?:who|whom|whose|where|that|so that|which|nobody|no one|everyone|everybody|anyone|anybody|someone|without|never|because|instead of|no longer|again|like an?|as [a-z]+ as|they|them|you|your|can|cannot|can't|want(?:s|ed)?|love(?:s|d)?|feels?|proud(?:ly)?|hates?|enjoy(?:s)?|worth|at home|to (?:make|help|give|let|win|become|delight)|for (?:every|all)|until|(?:people|customers|users|guests|patients|players|students|clients|developers|nurses|families|parents|teachers|readers|donors|drivers|engineers|farmers|members|tenants|visitors|fans|others) (?:trust|stay|recommend|fight|rely|choose|talk|return|come|remember|miss|use|look|brag|ask|tell|call|need|go|travel|believe|say|think|know|see|find))(?![a-z])/

/** “A better partner to the shipping lines that …”: whom it is for is told, not what they get. */
const BETTER_FOR_WHOM =
  /^(?:be|become|being|becoming) an? (?:even )?(?:better|more [a-z-]+) (?:partner|neighbou?r|supplier|provider|host|employer|landlord|advis[eo]r) (?:to|for) (?:[a-z'’-]+ ){1,5}(?:that|which|who) /

/** “Improve how we work with subcontractors”: what one does anyway, only better. */
const HOW_WE =
  /^ (?:how|what|the (?:ways?|manner)(?: in which| that)?) (?:we|our|the (?:team|company|organi[sz]ation|department|business|group|firm)|(?:our )?(?:teams|departments|colleagues|staff|managers|offices|functions|units|divisions|sites)|(?:information|knowledge|decisions|feedback|work|projects?|data|ideas|requests|tasks|meetings))(?![a-z])/

const ADVERB =
  /^(?:(?:actively|aggressively|always|better|comprehensively|consistently|constantly|continually|continuously|continue to|dramatically|effectively|fully|further|genuinely|greatly|holistically|keep|massively|measurably|noticeably|proactively|radically|rapidly|relentlessly|significantly|steadily|strategically|strongly|substantially|sustainably|systematically|together|truly|we|will|help|to)\s)+(?=[a-z]+ )/

/** “Become an agile organisation”: what anybody may be called. */
const ANYBODY = wordsOf(`
  business company corporation employer enterprise firm institution organisation organization partner player provider
  supplier vendor workplace
`)
const SUPERLATIVE = /(?<![a-z])(?:most|best|first|only|[a-z]{3,}est)(?![a-z])/
const SMALL_WORD =
  /^(?:an?|the|our|its|their|of|in|at|on|to|for|with|and|or|by|from|across|between|among|into|within|throughout|end)$/

/** Words that may stand behind a direction before it says of what, where and for whom. */
const FEW_WORDS = 4

/** The words by which an objective says a direction alone, or null. */
export function directionIn(core: string): string | null {
  const plain = core.replace(ADVERB, '')
  const [first, ...rest] = plain.match(/[a-z·][a-z'’-]*/g) ?? []
  const how = first === undefined ? null : HOW_WE.exec(plain.slice(first.length))
  if (first !== undefined && how !== null && hasForm(BETTERMENT, first))
    return PICTURE.test(plain.slice(first.length + how[0].length)) ? null : first
  const forWhom = BETTER_FOR_WHOM.exec(core)?.[0] ?? ''
  if (PICTURE.test(core.slice(forWhom.length))) return null
  const saying = IDIOM.exec(core) ?? LEADER.exec(core) ?? MADE_BETTER.exec(core) ?? DIRECTION_NOUN.exec(core)
  if (saying !== null) return saying[0].trim()
  if (first === undefined) return null
  const isOfAbstract = rest.some((word) => hasForm(ABSTRACT, word))
  if (hasForm(BETTERMENT, first)) {
    const isShort =
      rest.length <= FEW_WORDS + 1 || rest.filter((word) => !SMALL_WORD.test(word)).length <= FEW_WORDS
    return isOfAbstract || isShort ? first : null
  }
  if (hasForm(FOSTERING, first)) {
    const isOfSelf = /^(?:be|become|being|becoming)$/.test(first)
    const isPraised = rest.some((word) => PRAISE.has(word))
    if (!isOfSelf) return isOfAbstract || isPraised ? first : null
    return isPraised && !SUPERLATIVE.test(core) && rest.some((word) => hasForm(ANYBODY, word)) ? first : null
  }
  const named = /^(?:an?|the|our)$/.test(first) ? rest[0] : first
  const isPraise = named !== undefined && (MORE_OF.has(named) || PRAISE.has(named))
  return isPraise && isOfAbstract ? named : null
}

/** Whether a list has the word in one of the forms English gives it. */
function hasForm(list: ReadonlySet<string>, word: string): boolean {
  if (list.has(word)) return true
  const [, stem, ending] = /^(.{2,}?)(ies|ied|es|ed|ing|s|d)$/.exec(word) ?? []
  if (stem === undefined || ending === undefined) return false
  if (ending.startsWith('ie')) return list.has(`${stem}y`) || list.has(`${stem}ie`)
  return list.has(stem) || list.has(`${stem}e`) || list.has(stem.replace(/([a-z])\1$/, '$1'))
}
