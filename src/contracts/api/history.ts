import { z } from 'zod'
import type { Explanation } from '../../domain/explanation.ts'
import type { CalendarDay } from '../../domain/time.ts'
import type { WorkAmount } from '../../domain/measures/delivery.ts'
import { day, instant, instantOf, keyResultKey } from './fields.ts'
import { beforeId, limit } from './pages.ts'
import {
  presentProgress,
  progressResponse,
  rawProgress,
  shownProgress,
  work,
  type KnownSnapshot,
} from './progress.ts'

export const historyQuery = z.strictObject({
  from: day.optional().meta({ description: 'First day of the series; left out: the start of the cycle.' }),
  to: day
    .optional()
    .meta({ description: 'Last day of the series; left out: today, or the end of the cycle.' }),
  after: beforeId.meta({ description: 'List snapshots before this id: newest first.' }),
  limit,
})

const dayPoint = z
  .object({
    day: z.iso.date(),
    current: z.number().nullable(),
    target: z.number().nullable(),
    rawProgress,
    progress: shownProgress,
    expectedProgress: z.number().nullable().meta({
      description: 'What the plan expects at the end of the day; null: it expects nothing before the end.',
    }),
    scope: work,
    delivered: work,
  })
  .meta({ id: 'DayPoint', description: 'A key result at the end of one day, in its own time zone.' })

const movementKind = z.enum([
  'delivered',
  'reopened',
  'added',
  'removed',
  're_estimated',
  'started',
  'checked_in',
  'target_moved',
  'due_date_moved',
  'rule_changed',
])

const movement = z.object({
  kind: movementKind,
  site: z.string().nullable(),
  issueId: z.string().nullable(),
  issueKey: z.string().nullable(),
  at: instant,
  sizeBefore: z.number().nullable(),
  sizeAfter: z.number().nullable(),
})

const snapshotResponse = z
  .object({
    id: z.int(),
    ...progressResponse.shape,
    changes: z
      .object({
        counts: z.partialRecord(movementKind, z.int()),
        movements: z.array(movement).meta({ description: 'The newest few of them in full.' }),
      })
      .meta({ description: 'What moved since the snapshot before.' }),
  })
  .meta({ id: 'Snapshot', description: 'The numbers of a key result at an instant, and what changed them.' })

export const historyResponse = z
  .object({
    keyResult: keyResultKey,
    days: z.array(dayPoint).meta({
      description:
        'One point per day without gaps, oldest first. Every day is measured by the measure of today.',
    }),
    items: z.array(snapshotResponse).meta({ description: 'Snapshots, newest first.' }),
    next: z.string().nullable().meta({
      description: 'The id of the last snapshot here. Give it as `after` to go on; null on the last page.',
    }),
  })
  .meta({ id: 'History', description: 'The past of a key result.' })

export interface KnownDayPoint {
  readonly day: CalendarDay
  readonly current: number | null
  readonly target: number | null
  readonly rawProgress: number | null
  readonly progress: number | null
  readonly expectedProgress: number | null
  readonly scope: WorkAmount
  readonly delivered: WorkAmount
}

export function presentDay(point: KnownDayPoint): z.output<typeof dayPoint> {
  return { ...point, scope: { ...point.scope }, delivered: { ...point.delivered } }
}

export function presentSnapshot(
  snapshot: KnownSnapshot & { readonly id: number; readonly explanation: Explanation },
): z.output<typeof snapshotResponse> {
  const { counts, movements } = snapshot.explanation
  return {
    id: snapshot.id,
    ...presentProgress(snapshot),
    changes: {
      counts: { ...counts },
      movements: movements.map(({ siteId, at, ...rest }) => ({ ...rest, site: siteId, at: instantOf(at) })),
    },
  }
}
