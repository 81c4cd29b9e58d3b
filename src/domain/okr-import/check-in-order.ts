import type { KeyResultKey } from '../ids.ts'
import type { EpochMs } from '../time.ts'
import { importKeyOf, saidAtInstant } from './check-in-identity.ts'
import type { DraftCheckIn } from './drafts.ts'

/** A check-in of a file, told apart from every other one. */
export interface OrderedCheckIn {
  readonly draft: DraftCheckIn
  /** null: at the moment of the import. */
  readonly at: EpochMs | null
  /** How manieth it is of those in the file that say the same of the same date. */
  readonly occurrence: number
  /** null: it has no date, and what stands now tells whether it is new. */
  readonly importKey: string | null
}

/**
 * Check-ins in the order they are stored: of one instant the later stored is the later one. That is the order of the
 * file, but for those of one day or minute in a file that runs from new to old; what a key result's own line says
 * stands last, and is left out where a check-in of the file says it of the same date.
 */
export function orderedCheckIns(
  drafts: readonly DraftCheckIn[],
  zoneOf: (draft: DraftCheckIn) => string,
): OrderedCheckIn[] {
  const dated = drafts.map((draft): Dated => ({ draft, at: saidAtInstant(draft, zoneOf(draft)) }))
  const seen = new Map<string, number>()
  const logs = newestLast(dated.filter(({ draft }) => draft.isLog))
  const states = withoutEchoes(
    dated.filter(({ draft }) => !draft.isLog),
    logs,
  )
  return [...logs, ...states].map(({ draft, at }) => {
    const { keyResult, value, confidence, note } = draft
    const said = JSON.stringify([keyResult, at, value, confidence, note])
    const occurrence = (seen.get(said) ?? 0) + 1
    seen.set(said, occurrence)
    return { draft, at, occurrence, importKey: at === null ? null : importKeyOf(draft, occurrence) }
  })
}

interface Dated {
  readonly draft: DraftCheckIn
  readonly at: EpochMs | null
}

/** Turns around those whose order their dates hide, where the dates around them fall. */
function newestLast(dated: readonly Dated[]): Dated[] {
  const ofKeyResult = Map.groupBy(dated, ({ draft }) => draft.keyResult)
  const falls = new Map([...ofKeyResult].map(([key, own]) => [key, fallOf(own)] as const))
  const fallOfFile = [...falls.values()].reduce((sum, fall) => sum + fall, 0)
  const isNewestFirst = (key: KeyResultKey) => (falls.get(key) || fallOfFile) > 0
  const hidden = Map.groupBy(dated, ({ draft, at }) =>
    draft.at === null || draft.at.kind === 'instant' || !isNewestFirst(draft.keyResult)
      ? null
      : `${draft.keyResult} ${at}`,
  )
  hidden.delete(null)
  const turned = new Map<Dated, Dated>()
  for (const one of hidden.values()) {
    one.forEach((each, index) => turned.set(each, one.at(-1 - index)!))
  }
  return dated.map((each) => turned.get(each) ?? each)
}

/** How many more steps back in time there are than forward, from line to line. */
function fallOf(own: readonly Dated[]): number {
  const instants = own.flatMap(({ at }) => at ?? [])
  return instants.reduce((fall, at, index) => fall + Math.sign((instants[index - 1] ?? at) - at), 0)
}

function withoutEchoes(states: readonly Dated[], logs: readonly Dated[]): Dated[] {
  const said = ({ draft: { keyResult, value }, at }: Dated) => `${keyResult} ${at} ${value}`
  const reported = new Set(logs.filter(({ at }) => at !== null).map(said))
  return states.filter((state) => !reported.has(said(state)))
}
