import { z } from 'zod'
import { problemOfBand } from '../../domain/measures/band.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { LEAST_SHARE } from '../../domain/measures/range.ts'
import { SHORTEST_WAY } from '../../domain/measures/progress.ts'
import { amount, issueIdOrKey, lineOfText, siteId } from './fields.ts'

const CUSTOM_FIELD = /^customfield_[1-9]\d{0,9}$/

const field = z
  .string()
  .refine((text) => CUSTOM_FIELD.test(text), {
    error: 'is not the id of a Jira field such as customfield_10050',
  })
  .meta({ description: 'Jira’s id of a numeric field.', examples: ['customfield_10050'] })

const unit = lineOfText(40).meta({
  description: 'What its numbers count. A name: nothing is converted.',
  examples: ['%'],
})
const percent = z.number().min(0).max(100)
const weightOf = (what: string) => percent.meta({ description: `What ${what} counts for, in percent.` })

const size = z
  .union([z.enum(['count', 'points']), z.strictObject({ field })], {
    error: 'is neither "count" nor "points" nor a field of Jira such as {"field": "customfield_10050"}',
  })
  .meta({
    description:
      'Whether each issue counts as one, by its story points, or by a numeric field. Issues without a size count at ' +
      'the median.',
  })

const statusWeights = z
  .strictObject({
    toDo: weightOf('work to do'),
    inProgress: weightOf('work in progress'),
    delivered: z.literal(100).default(100),
  })
  .refine(({ toDo, inProgress }) => toDo <= inProgress, { error: 'weighs work to do above work in progress' })
  .meta({
    description:
      'How much of an issue counts by its status category, in percent; left out: only delivered work.',
    examples: [{ toDo: 0, inProgress: 50, delivered: 100 }],
  })

const deliveryTarget = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('scope') })
    .meta({ description: 'All linked work that is in scope; the target moves with it.' }),
  z
    .strictObject({
      kind: z.literal('fixed'),
      amount: z
        .number()
        .min(SHORTEST_WAY)
        .max(1e9)
        .meta({ description: 'What is to be delivered, in its size.' }),
    })
    .meta({ description: 'A fixed amount of it.' }),
])

const delivery = z
  .strictObject({
    kind: z.literal('delivery'),
    size,
    statusWeights: statusWeights.optional(),
    target: deliveryTarget,
  })
  .meta({ description: 'Progress is the share of linked work that is delivered.' })

const fieldSum = z
  .strictObject({
    kind: z.literal('field_sum'),
    field,
    unit,
    baseline: amount.default(0).meta({ description: 'What the sum is added to.' }),
    target: amount.meta({ description: 'Where it should end, above the baseline.' }),
  })
  .meta({ description: 'The sum of a numeric field over linked delivered work, from baseline to target.' })

const metric = z
  .strictObject({
    kind: z.literal('metric'),
    unit,
    baseline: amount.meta({ description: 'Where it starts.', examples: [45] }),
    target: amount.meta({
      description: 'Where it should end: above the baseline to raise it, below to lower it.',
      examples: [55],
    }),
  })
  .meta({ description: 'Progress follows the latest reported value from baseline to target.' })

export const band = z
  .strictObject({
    atLeast: amount.meta({ description: 'It has to be this or more.' }),
    above: amount.meta({ description: 'It has to be more than this.' }),
    atMost: amount.meta({ description: 'It has to be this or less.' }),
    below: amount.meta({ description: 'It has to be less than this.' }),
  })
  .partial()
  .check((context) => {
    const problem = problemOfBand(context.value)
    if (problem !== null) context.issues.push({ code: 'custom', input: context.value, message: problem })
  })
  .meta({ description: 'Where the number should stay.', examples: [{ below: 5 }] })

export const period = z
  .enum(['day', 'week', 'month', 'quarter'])
  .meta({ description: 'The stretch of the calendar that is judged as one.' })

export const valueOfPeriod = z
  .enum(['latest', 'mean', 'sum', 'lowest', 'highest'])
  .meta({ description: 'What the values of a period come to.' })

const range = z
  .strictObject({
    kind: z.literal('range'),
    unit,
    band,
    period,
    valueOfPeriod: valueOfPeriod.default('latest'),
    targetShare: z.number().min(LEAST_SHARE).max(1).default(1).meta({
      description: 'The share of periods inside that is the whole aim.',
    }),
  })
  .meta({ description: 'A number to keep in a band: progress is the share of reported periods inside it.' })

const step = z.strictObject({
  title: lineOfText(200).meta({ description: 'What is to be done; a step is told by it.' }),
  percent: percent.meta({ description: 'How far it reaches, in percent: more than the step before it.' }),
  issue: z
    .strictObject({ site: siteId, issue: issueIdOrKey })
    .nullable()
    .default(null)
    .meta({ description: 'Delivering this issue ticks the step; null: it is ticked by hand.' }),
})

const milestones = z
  .strictObject({
    kind: z.literal('milestones'),
    steps: z.array(step).min(1).max(100).meta({ description: 'In order; the last reaches 100.' }),
  })
  .check(({ value: { steps }, issues }) => {
    const wrong = (index: number, name: string, message: string) =>
      issues.push({ code: 'custom', input: steps[index], path: ['steps', index, name], message })
    const titles = new Set<string>()
    for (const [index, { title, percent: reached }] of steps.entries()) {
      if (titles.has(title))
        wrong(index, 'title', 'is the title of an earlier step; a step is told by its title')
      titles.add(title)
      const before = steps[index - 1]?.percent ?? -1
      if (reached <= before)
        wrong(index, 'percent', `is ${reached}, not above the ${before} of the step before it`)
    }
    const last = steps.at(-1)?.percent ?? 0
    if (last !== 100) wrong(steps.length - 1, 'percent', `is ${last}; the last step reaches 100`)
  })
  .meta({
    description: 'A ladder of steps: progress is the highest step reached with all earlier ones done.',
  })

const binary = z
  .strictObject({ kind: z.literal('binary') })
  .meta({ description: 'Done or not done; a check-in with value 1 says done. Confidence leads to it.' })

/** How a key result is measured. A new kind of measure is a new member of this union. */
export const measure = z
  .discriminatedUnion('kind', [delivery, fieldSum, metric, range, milestones, binary])
  .meta({ description: 'How progress is measured.' })

/** What a recording of issues can move. */
export const replayedMeasure = z.discriminatedUnion('kind', [delivery, fieldSum, metric])

const shownMilestones = z.object({
  kind: z.literal('milestones'),
  steps: z.array(
    z.object({
      title: z.string(),
      percent: z.number(),
      issue: z.object({ site: z.string(), issueId: z.string() }).nullable(),
    }),
  ),
})

export const measureResponse = z
  .discriminatedUnion('kind', [delivery, fieldSum, metric, range, shownMilestones, binary])
  .meta({ id: 'Measure', description: 'How progress is measured.' })

export function presentMeasure(known: Measure): z.output<typeof measureResponse> {
  if (known.kind !== 'milestones') return known
  const steps = known.steps.map(({ issue, ...step }) => ({
    ...step,
    issue: issue === null ? null : { site: issue.siteId, issueId: issue.issueId },
  }))
  return { ...known, steps }
}
