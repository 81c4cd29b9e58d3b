import {
  USUAL_BLOCKING,
  type BlockingType,
  type CustomField,
  type LinkType,
  type SiteFields,
} from '../domain/site.ts'
import { JiraError, type Jira, type JiraField } from './ports/jira.ts'

const SPRINT_FIELD = 'com.pyxis.greenhopper.jira:gh-sprint'
const EPIC_LINK_FIELD = 'com.pyxis.greenhopper.jira:gh-epic-link'
const STORY_POINTS_FIELD = 'com.pyxis.greenhopper.jira:jsw-story-points'
const CHECKBOXES_FIELD = 'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes'
const NUMBER_FIELD = 'com.atlassian.jira.plugin.system.customfieldtypes:float'

/** Story points of team-managed projects are numbers of a type of their own. */
const NUMBER_FIELDS: ReadonlySet<string> = new Set([NUMBER_FIELD, STORY_POINTS_FIELD])

/** More boards do not change which field most of them use, and every board is a request. */
const MAX_BOARDS = 500

export interface FieldDiscovery {
  readonly fields: SiteFields
  /** How the point fields were found. A name is a guess, to be confirmed by a person. */
  readonly pointsFoundBy: 'boards' | 'schema' | 'name' | 'nothing'
  readonly boards: BoardsSeen
  readonly keyResultField: KeyResultFieldFinding
}

interface BoardsSeen {
  readonly read: number
  /** Boards whose configuration this account may not see. */
  readonly refused: number
  /** Whether more boards exist than were looked at. */
  readonly truncated: boolean
  /** Why boards could not be listed or read at all (no Jira Software, a token without that scope); else null. */
  readonly unavailable: string | null
}

type KeyResultFieldFinding =
  | { readonly kind: 'not_configured' }
  | { readonly kind: 'found'; readonly field: CustomField }
  | { readonly kind: 'missing'; readonly wanted: string }
  /** Several fields have the name: only an id says which one is meant. */
  | { readonly kind: 'ambiguous'; readonly wanted: string; readonly candidates: readonly CustomField[] }

/**
 * Finds the fields that mean something, by schema and board configuration: names differ by language and project
 * type. Point fields come in the order of how many boards estimate by them.
 *
 * @param wanted.keyResultField the id or the name of the field that holds KR keys; null when there is none
 * @param wanted.blocks the type of blocking links as it was found before; null when it was not
 * @throws JiraError when Jira cannot answer; a Jira without boards is an answer
 */
export async function discoverFields(
  jira: Pick<Jira, 'fields' | 'linkTypes' | 'boards' | 'estimationField'>,
  wanted: { readonly keyResultField: string | null; readonly blocks: BlockingType | null },
): Promise<FieldDiscovery> {
  const all = [...(await jira.fields())].sort(byFieldId)
  const estimation = await estimationFields(jira)
  const points = pointFields(all, estimation.fields)
  const keyResultField = findKeyResultField(all, wanted.keyResultField)
  return {
    fields: {
      sprint: firstOfSchema(all, SPRINT_FIELD),
      points: points.fields,
      numbers: all.filter(({ schemaCustom }) => NUMBER_FIELDS.has(schemaCustom ?? '')).map(plain),
      flag: flagField(all),
      epicLink: firstOfSchema(all, EPIC_LINK_FIELD),
      keyResult: keyResultField.kind === 'found' ? keyResultField.field : null,
      blocks: await blockingType(jira, wanted.blocks),
    },
    pointsFoundBy: points.foundBy,
    boards: estimation.boards,
    keyResultField,
  }
}

function pointFields(
  all: readonly JiraField[],
  byBoards: readonly CustomField[],
): { foundBy: FieldDiscovery['pointsFoundBy']; fields: readonly CustomField[] } {
  if (byBoards.length > 0) {
    // Changelogs of Server carry the name in the field list, which a board may show differently.
    const listed = byBoards.map((field) => plain(all.find(({ id }) => id === field.id) ?? field))
    return { foundBy: 'boards', fields: listed }
  }
  const bySchema = all.filter(({ schemaCustom }) => schemaCustom === STORY_POINTS_FIELD).map(plain)
  if (bySchema.length > 0) return { foundBy: 'schema', fields: bySchema }
  const byName = all
    .filter((field) => field.schemaCustom === NUMBER_FIELD && /^story points?( estimate)?$/i.test(field.name))
    .map(plain)
  return { foundBy: byName.length > 0 ? 'name' : 'nothing', fields: byName }
}

/** The fields boards estimate by, the most used first. */
async function estimationFields(
  jira: Pick<Jira, 'boards' | 'estimationField'>,
): Promise<{ fields: readonly CustomField[]; boards: BoardsSeen }> {
  const uses = new Map<string, { field: CustomField; boards: number }>()
  const seen = { read: 0, refused: 0, truncated: false, unavailable: null as string | null }
  try {
    for await (const page of jira.boards()) {
      if (seen.read + seen.refused >= MAX_BOARDS) {
        seen.truncated = true
        break
      }
      for (const field of await Promise.all(page.map(({ id }) => estimationFieldOf(jira, id)))) {
        if (field === 'refused') seen.refused++
        else seen.read++
        if (field === null || field === 'refused') continue
        uses.set(field.id, { field, boards: (uses.get(field.id)?.boards ?? 0) + 1 })
      }
    }
  } catch (error) {
    if (!isRefusal(error)) throw error
    seen.unavailable = error.message
  }
  const fields = [...uses.values()]
    .sort((a, b) => b.boards - a.boards || byFieldId(a.field, b.field))
    .map(({ field }) => field)
  return { fields, boards: seen }
}

async function estimationFieldOf(
  jira: Pick<Jira, 'estimationField'>,
  boardId: number,
): Promise<CustomField | null | 'refused'> {
  try {
    return await jira.estimationField(boardId)
  } catch (error) {
    // A 401 would meet the next board too, and too many of them lock an account.
    if (isRefusal(error) && error.failure !== 'unauthorized') return 'refused'
    throw error
  }
}

/** Whether Jira answered that this is not for the account, or not there: an answer, not an outage. */
export function isRefusal(error: unknown): error is JiraError {
  const refusals: readonly string[] = ['unauthorized', 'forbidden', 'not_found', 'gone']
  return error instanceof JiraError && refusals.includes(error.failure)
}

function findKeyResultField(all: readonly JiraField[], wanted: string | null): KeyResultFieldFinding {
  if (wanted === null) return { kind: 'not_configured' }
  const name = wanted.trim().toLowerCase()
  const byId = all.filter(({ id }) => id.toLowerCase() === name)
  const candidates = byId.length > 0 ? byId : all.filter((field) => field.name.trim().toLowerCase() === name)
  if (candidates.length === 0) return { kind: 'missing', wanted }
  if (candidates.length > 1) return { kind: 'ambiguous', wanted, candidates: candidates.map(plain) }
  return { kind: 'found', field: plain(candidates[0]!) }
}

/** Jira's flag has no type of its own: it is the checkboxes that every Jira Software brings under this name. */
function flagField(all: readonly JiraField[]): CustomField | null {
  const field = all.find(({ schemaCustom, name }) => schemaCustom === CHECKBOXES_FIELD && name === 'Flagged')
  return field === undefined ? null : plain(field)
}

/**
 * Links have no schema: Jira brings this type under this name, and sites add types of their own beside it. Once found
 * it is known by its id, whatever it is called later. null where there is none; what is known where links are switched
 * off or a scoped token may not look.
 */
async function blockingType(
  jira: Pick<Jira, 'linkTypes'>,
  known: BlockingType | null,
): Promise<BlockingType | null> {
  let all: readonly LinkType[]
  try {
    all = await jira.linkTypes()
  } catch (error) {
    if (isRefusal(error)) return known
    throw error
  }
  const kept = all.find(({ id }) => id === known?.id)
  const found =
    kept ??
    all.find(({ name }) => plainName(name) === USUAL_BLOCKING.name) ??
    all.find(({ inward }) => plainName(inward) === USUAL_BLOCKING.inward)
  if (found === undefined) return null
  const earlier = kept === undefined || known === null ? [] : [known.inward, ...known.otherNames]
  const taken = new Set(all.map(({ inward }) => plainName(inward)))
  const otherNames = new Set([USUAL_BLOCKING.inward, ...earlier].map(plainName))
  return { ...found, otherNames: [...otherNames].filter((name) => name !== '' && !taken.has(name)) }
}

function plainName(name: string): string {
  return name.trim().toLowerCase()
}

function firstOfSchema(all: readonly JiraField[], schemaCustom: string): CustomField | null {
  const field = all.find((candidate) => candidate.schemaCustom === schemaCustom)
  return field === undefined ? null : plain(field)
}

function plain({ id, name }: CustomField): CustomField {
  return { id, name }
}

function byFieldId(a: CustomField, b: CustomField): number {
  return a.id.localeCompare(b.id, 'en', { numeric: true })
}
