/** Work whatever it is done to. */
const PLAIN_WORK =
  /^(?:complete|finish|finalise|finalize|migrate|implement|deploy|roll out|install|upgrade|refactor|rewrite|set up|conduct|port|stand up|decommission|re-?platform|retire|sunset|kick off|draft|write|publish|prepare|organi[sz]e|hold|host|containeri[sz]e|wire up|configure)(?![a-z-])/

/** Work only on something that is built. */
const MAKING =
  /^(?:build|develop|create|launch|ship|release|introduce|establish|deliver|design|rebuild|redesign|replace|automate|integrate|consolidate|moderni[sz]e|move|switch|open|test|run|put in place|bring in|procure|buy|adopt|document|digiti[sz]e|revamp|overhaul|relaunch|centrali[sz]e|unify|connect|extend|convert|start)(?![a-z-])/
const BUILT =
  /(?<![a-z-])(?:systems?|platforms?|apps?|applications?|websites?|sites?|portals?|dashboards?|warehouses?|data (?:lake|mart|hub|model)s?|lakehouse|pipelines?|modules?|features?|tools?|tooling|databases?|apis?|infrastructure|crm|erp|hris|pos|cms|pages?|versions?|handbooks?|manuals?|polic(?:y|ies)|reports?|campaigns?|frameworks?|intranet|backend|frontend|back end|front end|services?|integrations?|servers?|clusters?|chatbots?|bots?|kiosks?|newsletters?|catalogues?|catalogs?|inventor(?:y|ies) system|offices?|process(?:es)?|workflows?|software|prototypes?|mvp|sso|kubernetes|cloud|aws|azure|gcp|sap|salesforce|jira|design system|knowledge base|roadmap|gateway|scheduler|engine|repositor(?:y|ies)|monolith|microservices|plugins?|sdk|firmware|checkout|store|webshop|shop|programmes?|programs?|curriculum|plan|strategy|survey|training|workshops?|courses?|conferences?|summits?|fairs?|events?|meetups?|off-?sites?|hackathons?|roadshows?|v?·+)(?![a-z-])/

/** What makes an objective out of a thing that is built: for whom it is, or how good. */
const HOPE =
  /(?<=(?<![a-z])from [^,;]{2,30} to (?:an? |the )?(?:[a-z-]+ ){0,2})(?:compan(?:y|ies)|organi[sz]ation|business|brand|partner|leader|mindset|platform)(?![a-z-])|(?<![a-z-])(?:second act|(?:new|next) (?:era|chapter)|who|where|everyone|everybody|anyone|anybody|nobody|no one|people|love[sd]?|trust(?:s|ed)?|enjoy(?:s|ed|able)?|can|cannot|want(?:s|ed)?|rely|feel(?:s)?|adored?|proud|rave|best|most|fastest|safest|easiest|simplest|strongest|greatest|friendliest|smartest|cheapest|happiest|world-class|leading|great|beautiful|delightful|delights?|amazing|remarkable|effortless|unforgettable|like (?:a|an|it)|as easy|worth|loyal|never|always|without|fearless|joy|go-to|first choice|they|their|them|you|we|culture|habit|movement|deserves?|need(?:s|ed)?|reliable|seamless|sustainable|safe|inclusive|healthy|thriving|vibrant|resilient|scalable)(?![a-z-])/

/** The words that say an objective is a project, or null. */
export function projectIn(core: string): string | null {
  const plain = PLAIN_WORK.exec(core)
  if (plain !== null) return plain[0]
  const making = MAKING.exec(core)
  if (making === null || HOPE.test(core) || !BUILT.test(core)) return null
  return making[0]
}
