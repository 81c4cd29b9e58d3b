import { plainSite } from '../jira-simulator/site/plain-site.ts'
import type { JiraHistory } from '../jira-simulator/site/jira-history.ts'
import { TIME_ZONE } from './calendar.ts'

/** The numeric field that says how many synonyms a task brings. */
export const SYNONYMS_FIELD = 'customfield_10050'

export function quarterSite(): JiraHistory {
  return plainSite({
    projects: [
      { key: 'SHOP', name: 'Web shop' },
      { key: 'FIND', name: 'Search' },
    ],
    numberFields: [{ id: SYNONYMS_FIELD, name: 'Synonyms' }],
    timeZone: TIME_ZONE,
  })
}

export type ProjectKey = 'SHOP' | 'FIND'

/** A body of work: the epic it hangs from, and how many of its issues are done in each ISO week from 41 on. */
export interface Stream {
  readonly project: ProjectKey
  /** Its labels name the key result it serves; null: the work has no epic and serves none. */
  readonly epic: { readonly summary: string; readonly labels: readonly string[] } | null
  readonly deliveries: readonly number[]
  readonly summaries: readonly string[]
  /** Beside those that are done, still open at the end. */
  readonly left: number
  readonly points: readonly [low: number, high: number] | null
  /** What each issue brings in synonyms. */
  readonly synonyms: readonly [low: number, high: number] | null
}

const CHECKOUT_PARTS = [
  'Address form',
  'Guest checkout',
  'Basket',
  'Vouchers',
  'Delivery day',
  'Invoice',
  'Errors',
  'Gifts',
]
const CHECKOUT_WORK = [
  'tested with customers',
  'in the new design',
  'on the new service',
  'switched on for everybody',
]
const PAGES = ['Card', 'Wallet', 'Invoice', 'Instalments']
const PAGE_WORK = ['smaller scripts', 'saved details', 'one page less']
const SEARCHES = [
  'Umlauts',
  'Typing errors',
  'Plurals',
  'Sizes',
  'Colours',
  'Brands',
  '中文品牌名',
  'Article numbers',
  'Materials',
  'Occasions',
  'Abbreviations',
  'Units',
  'Gifts for',
  'Age groups',
  'Seasons',
  'Two languages',
  'Compound words',
  'Series and sets',
  'Spare parts',
  'Opposites',
  'Price words',
  'Care and repair',
  'Room names',
  'Old names',
  'Spoken queries',
  'Emoji',
]
const SYNONYM_FIELDS = [
  'Shoes',
  'Jackets',
  'Kitchen',
  'Garden',
  'Toys',
  'Lamps',
  'Books',
  'Bags',
  'Bikes',
  'Beds',
  'Tools',
  'Sports',
  'Pets',
  'Baby',
]
const SHOP_CHORES = [
  'Upgrade the build',
  'Tidy the admin pages',
  'Rotate certificates',
  'Fix the flaky test',
  'Tax rates of 2027',
  'On-call notes',
]
const FIND_CHORES = [
  'Move the index to new machines',
  'Copy the old index',
  'Compare old and new index',
  'Switch reads over',
  'Index runs at night',
  'Alarms for the index',
  'Remove the old machines',
  'Restore drill',
  'Log less',
  'Upgrade the client',
]

const CHECKOUT: Stream = {
  project: 'SHOP',
  epic: { summary: 'One checkout for everybody', labels: ['KR-5'] },
  deliveries: [3, 4, 3, 4, 3, 2, 3, 3, 3, 3, 1, 0],
  summaries: CHECKOUT_PARTS.flatMap((part) => CHECKOUT_WORK.map((work) => `${part} ${work}`)),
  left: 0,
  points: [2, 5],
  synonyms: null,
}

const FASTER_PAGES: Stream = {
  project: 'SHOP',
  epic: { summary: 'Faster payment pages', labels: ['KR-3'] },
  deliveries: [1, 1, 2, 1, 1, 2, 0, 1, 1, 1, 1, 0],
  summaries: PAGES.flatMap((page) => PAGE_WORK.map((work) => `${page} page: ${work}`)),
  left: 0,
  points: [2, 5],
  synonyms: null,
}

const COUNTRIES: Stream = {
  project: 'SHOP',
  epic: { summary: 'One-tap payment', labels: ['KR-6'] },
  deliveries: [0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0],
  summaries: [
    'One-tap payment in the Netherlands',
    'One-tap payment in Germany',
    'One-tap payment in France and Spain',
  ],
  left: 1,
  points: [8, 8],
  synonyms: null,
}

const SEARCH_KINDS: Stream = {
  project: 'FIND',
  epic: { summary: 'Searches that find nothing', labels: ['KR-7'] },
  // The team moves its index until week 43 and starts late.
  deliveries: [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 2],
  summaries: SEARCHES,
  left: 8,
  points: [1, 3],
  synonyms: null,
}

const SYNONYMS: Stream = {
  project: 'FIND',
  epic: { summary: 'Synonyms', labels: ['KR-8'] },
  deliveries: [0, 0, 1, 0, 1, 1, 1, 2, 2, 2, 2, 2],
  summaries: SYNONYM_FIELDS.map((field) => `Synonyms: ${field}`),
  left: 0,
  points: [1, 2],
  synonyms: [75, 110],
}

const CHORE = { epic: null, left: 0, synonyms: null } as const

const SHOP_UPKEEP: Stream = {
  ...CHORE,
  project: 'SHOP',
  deliveries: [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0],
  summaries: SHOP_CHORES,
  points: [2, 3],
}

const FIND_UPKEEP: Stream = {
  ...CHORE,
  project: 'FIND',
  deliveries: [2, 2, 2, 0, 0, 1, 0, 1, 0, 1, 0, 1],
  summaries: FIND_CHORES,
  points: [2, 5],
}

/** In the order their epics and issues are made: `okrs.yaml` names issues by the keys that follow from it. */
export const STREAMS: readonly Stream[] = [
  COUNTRIES,
  CHECKOUT,
  FASTER_PAGES,
  SEARCH_KINDS,
  SYNONYMS,
  SHOP_UPKEEP,
  FIND_UPKEEP,
]

/** What nobody had planned: it comes into the epic of the new checkout, and what is left of it is dropped later. */
export const SURGE: Stream = {
  project: 'SHOP',
  epic: CHECKOUT.epic,
  deliveries: [0, 0, 0, 0, 0, 0, 1, 2, 2, 1, 0, 0],
  summaries: [
    'Advent calendar in the basket',
    'Countdown on Black Friday',
    'Vouchers for newsletters',
    'Vouchers for friends',
    'Gift cards as payment',
    'Gift cards as PDF',
    'Queue page for peaks',
    'Two vouchers at once',
    'Vouchers in the app',
  ],
  left: 3,
  points: [3, 5],
  synonyms: null,
}
