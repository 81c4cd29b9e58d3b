import { z } from 'zod'
import type { TrendMedians, TrendPoint } from '../../domain/sprints/sprint-trend.ts'
import { instant, instantOf } from './fields.ts'
import { MAX_INTEGER } from './pages.ts'
import { presentAmount, shares, sprintAmount } from './sprint-amounts.ts'
import type { KnownSprint } from './sprint.ts'

const MOST_SPRINTS = 50

export const trendQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_INTEGER)
    .optional()
    .meta({ description: 'The `next` of the page before: goes on with older sprints.' }),
  limit: z.coerce.number().int().min(1).max(MOST_SPRINTS).default(12).meta({
    description: 'How many sprints to answer with: the last ones that were closed.',
  }),
})

const trendPointResponse = z.object({
  sprintId: z.int(),
  name: z.string(),
  startAt: instant,
  endAt: instant.meta({ description: 'Its completion: everything here is as of then.' }),
  alignment: shares.meta({ description: 'The part of it that served a key result.' }),
  velocity: sprintAmount.meta({ description: 'What it completed, committed or added.' }),
  predictability: shares.meta({
    description: 'The part of its commitment that it completed, by the points of the start.',
  }),
})

const median = z.number().nullable()

export const trendResponse = z
  .object({
    site: z.string(),
    boardId: z.int(),
    items: z.array(trendPointResponse).meta({ description: 'Closed sprints, in the order they ended.' }),
    medians: z
      .object({
        alignment: shares,
        velocity: z.object({ points: median, issues: median }),
        predictability: shares,
      })
      .meta({ description: 'Over these sprints.' }),
    next: z.string().nullable().meta({
      description: 'Give it as `after` to go on to older sprints; null when there are none.',
    }),
  })
  .meta({
    id: 'BoardTrend',
    description: 'Alignment, velocity and predictability of a board’s last sprints.',
  })

export interface KnownTrend {
  readonly siteId: string
  readonly boardId: number
  readonly sprints: readonly { readonly sprint: KnownSprint; readonly point: TrendPoint }[]
  readonly medians: TrendMedians
  readonly next: number | null
}

export function presentTrend(trend: KnownTrend): z.output<typeof trendResponse> {
  const { medians } = trend
  return {
    site: trend.siteId,
    boardId: trend.boardId,
    items: trend.sprints.map(({ sprint, point }) => ({
      sprintId: sprint.sprintId,
      name: sprint.name,
      startAt: instantOf(point.startAt),
      endAt: instantOf(point.endAt),
      alignment: { ...point.alignment },
      velocity: presentAmount(point.velocity),
      predictability: { ...point.predictability },
    })),
    medians: {
      alignment: { ...medians.alignment },
      velocity: { ...medians.velocity },
      predictability: { ...medians.predictability },
    },
    next: trend.next === null ? null : String(trend.next),
  }
}
