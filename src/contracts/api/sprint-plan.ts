import { z } from 'zod'
import type { SprintForecast } from '../../domain/sprints/forecast/sprint-forecast.ts'
import type { NeededPace } from '../../domain/sprints/sprint-pace.ts'
import type { SprintPlan, UncoveredKeyResult } from '../../domain/sprints/sprint-plan.ts'
import { DAY_MS, type EpochMs } from '../../domain/time.ts'
import { instant, instantOf, keyResultKey } from './fields.ts'
import {
  allocated,
  exact,
  keyResultFields,
  part,
  presentAmount,
  presentKeyResultOf,
  presentPart,
  presentWorkItem,
  sprintAmount,
  sprintWorkItem,
} from './sprint-amounts.ts'
import { openBlocker, presentBlocker, WHAT_BLOCKS } from './sprint-blocked.ts'
import { presentSprint, sprintResponse, type KnownSprint } from './sprint.ts'

/** The strongest inputs of a forecast explain it. */
const INPUTS_SHOWN = 8

/** The worst of them are enough to talk about; how many there are is said. */
const UNCOVERED_SHOWN = 50

const pace = z
  .object({
    unit: z.string().meta({ description: 'count, points, or the id of the field that sizes.' }),
    remaining: z.number().meta({ description: 'What was still to be delivered when the sprint began.' }),
    sprintsLeft: z.int().meta({ description: 'Sprints that end by the due day, this one included.' }),
    neededPerSprint: z.number().nullable().meta({ description: 'null when no sprint is left.' }),
    planned: z.number().meta({
      description:
        'What this sprint holds of it, unestimated issues at the median size of the key result’s issues.',
    }),
  })
  .meta({ id: 'NeededPace', description: 'The pace a key result needs against what this sprint plans.' })

const uncovered = z.object({
  ...keyResultFields,
  pace: pace.nullable(),
  ofThisBoard: z.boolean().meta({
    description:
      'This sprint or earlier ones of its board name it or work on it. Others may be another team’s.',
  }),
})

const sprintForecast = z
  .object({
    probabilityUnder: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: 'That it delivers fewer points than are in its scope now; never 0 or 1.' }),
    expectedOutcome: z
      .number()
      .meta({ description: 'Points delivered by the end minus points in scope now, as expected.' }),
    movedBy: z
      .array(z.object({ name: z.string(), pull: z.number() }))
      .meta({ description: 'What moved the probability, the strongest first, in log-odds.' }),
    learnedFrom: z.int().meta({ description: 'Earlier sprints it learned from.' }),
  })
  .meta({ id: 'SprintForecast', description: 'By what earlier sprints of the board came to.' })

export const sprintPlanResponse = z
  .object({
    sprint: sprintResponse,
    asOf: instant,
    startAt: instant.meta({ description: 'Now, for a sprint that has no date yet.' }),
    endAt: instant.meta({ description: 'As planned; by the rhythm of the board where that is not known.' }),
    rhythmDays: z.number().meta({ description: 'How far apart the sprints of the board begin.' }),
    total: sprintAmount,
    aligned: part.meta({ description: 'Serves at least one key result.' }),
    unaligned: z.object({ ...part.shape, issues: z.array(sprintWorkItem) }).meta({
      description: 'Serves no key result.',
    }),
    keyResults: z
      .array(
        z.object({
          ...keyResultFields,
          namedInGoal: z.boolean(),
          ...allocated,
          open: sprintAmount.meta({ description: 'What of it is not delivered yet.' }),
          pace: pace.nullable().meta({ description: 'null where linked work does not measure it.' }),
        }),
      )
      .meta({
        description: 'Those the sprint serves, its goal names, or earlier sprints of the board worked on.',
      }),
    unestimated: z.array(sprintWorkItem),
    blocked: z
      .array(
        z.object({
          ...sprintWorkItem.shape,
          since: instant,
          blockedBy: z.array(
            z.object({
              ...openBlocker.shape,
              inSprint: z.boolean().meta({ description: 'Whether this sprint is to deliver it.' }),
            }),
          ),
        }),
      )
      .meta({ description: `Open issues that are ${WHAT_BLOCKS}.` }),
    namedInGoal: z.array(
      z.object({
        keyResult: keyResultKey,
        title: z.string().nullable().meta({ description: 'null: there is no such key result.' }),
        openIssues: z.int().meta({ description: 'Open issues of the sprint that count for it.' }),
      }),
    ),
    withoutWork: z.array(uncovered).meta({
      description:
        `Key results at risk, off track or stale whose time overlaps with the sprint and which nothing open in it ` +
        `moves: this board’s first, then the worst, at most ${UNCOVERED_SHOWN}.`,
    }),
    withoutWorkCount: z.int(),
    forecast: sprintForecast,
  })
  .meta({ id: 'SprintPlan', description: 'What a sprint means for key results, before and while it runs.' })

export function presentSprintPlan(
  sprint: KnownSprint,
  plan: SprintPlan,
  forecast: SprintForecast,
  now: EpochMs,
): z.output<typeof sprintPlanResponse> {
  const { run, allocation } = plan
  return {
    sprint: presentSprint(sprint),
    asOf: instantOf(now),
    startAt: instantOf(run.startAt),
    endAt: instantOf(run.endAt),
    rhythmDays: Number((plan.rhythmMs / DAY_MS).toFixed(2)),
    total: presentAmount(allocation.total),
    aligned: presentPart(allocation.aligned),
    unaligned: { ...presentPart(allocation.unaligned), issues: plan.servesNone.map(presentWorkItem) },
    keyResults: plan.keyResults.map((each) => ({
      ...presentKeyResultOf(each.standing),
      namedInGoal: each.isNamedInGoal,
      drives: presentAmount(each.drives),
      supports: presentAmount(each.supports),
      share: { ...each.share },
      open: presentAmount(each.open),
      pace: presentPace(each.pace),
    })),
    unestimated: plan.unestimated.map(presentWorkItem),
    blocked: plan.blocked.map(({ item, since, blockers }) => ({
      ...presentWorkItem(item),
      since: instantOf(since),
      blockedBy: blockers.map((each) => ({ ...presentBlocker(each), inSprint: each.isInSprint })),
    })),
    namedInGoal: plan.named.map(({ keyResult, standing, openIssues }) => ({
      keyResult,
      title: standing?.title ?? null,
      openIssues,
    })),
    withoutWork: plan.uncovered.slice(0, UNCOVERED_SHOWN).map(presentUncovered),
    withoutWorkCount: plan.uncovered.length,
    forecast: presentSprintForecast(forecast),
  }
}

function presentUncovered(each: UncoveredKeyResult): z.output<typeof uncovered> {
  const { standing, isOfThisBoard } = each
  return { ...presentKeyResultOf(standing), pace: presentPace(each.pace), ofThisBoard: isOfThisBoard }
}

function presentPace(known: NeededPace | null): z.output<typeof pace> | null {
  if (known === null) return null
  const { remaining, planned, neededPerSprint } = known
  return {
    ...known,
    remaining: exact(remaining),
    neededPerSprint: neededPerSprint === null ? null : exact(neededPerSprint),
    planned: exact(planned),
  }
}

function presentSprintForecast(known: SprintForecast): z.output<typeof sprintForecast> {
  const { pUnder, expectedOutcome, inputs, learnedFrom } = known
  return {
    probabilityUnder: pUnder,
    expectedOutcome,
    movedBy: inputs.slice(0, INPUTS_SHOWN).map(({ name, pull }) => ({ name, pull })),
    learnedFrom,
  }
}
