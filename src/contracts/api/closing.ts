import { z } from 'zod'
import type { Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import { cycleResponse, presentCycle } from './cycle.ts'
import { cycleKey, cycleKeyInput, keyResultKey, keyResultKeyInput, objectiveKey } from './fields.ts'
import { hintsOnMany } from './lint.ts'
import { presentRetrospective, retrospectiveResponse, type PresentedRetrospective } from './retrospective.ts'

export const closingRequest = z
  .strictObject({
    early: z.boolean().default(false).meta({
      description: 'True closes a cycle that still runs: it is graded as of now.',
    }),
  })
  .optional()

export const closingResponse = z
  .object({ cycle: cycleResponse, retrospective: retrospectiveResponse })
  .meta({ id: 'CycleClosing', description: 'A closed cycle and what it came to.' })

export function presentClosing(
  cycle: Cycle,
  retrospective: PresentedRetrospective,
): z.output<typeof closingResponse> {
  return { cycle: presentCycle(cycle), retrospective: presentRetrospective(retrospective) }
}

export const rollOverRequest = z.strictObject({
  into: cycleKeyInput.meta({ description: 'The cycle they go on in; it is open.', examples: ['2027-Q1'] }),
  keyResults: z
    .array(keyResultKeyInput)
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: 'Only these; left out: every one that is unfinished.', examples: [['KR-12']] }),
  rebaseline: z.boolean().default(true).meta({
    description:
      'A metric starts from the value it ended at: that becomes its baseline. False lets it keep the baseline it had.',
  }),
})

const carried = z.object({
  keyResult: keyResultKey,
  title: z.string(),
  objective: objectiveKey.meta({ description: 'Where it is now.' }),
  clearedDueDay: z.iso.date().nullable().meta({
    description: 'The due day that lay outside the new cycle: it is due at the end of that one. null: kept.',
  }),
  clearedTargets: z.int().meta({ description: 'Targets of its plan that lay outside the new cycle.' }),
  rebaselined: z
    .object({ from: z.number(), to: z.number() })
    .nullable()
    .meta({ description: 'The baseline before and after; null: it stays.' }),
})

export const rollOverResponse = z
  .object({
    from: cycleKey,
    into: cycleKey,
    objectives: z.array(
      z.object({
        from: objectiveKey,
        to: objectiveKey,
        title: z.string(),
        created: z.boolean().meta({ description: 'False: it had been copied before.' }),
        parent: z.string().nullable().meta({
          description: 'What the copy supports; null where nothing of it lives in the new cycle.',
        }),
      }),
    ),
    keyResults: z.array(carried).meta({ description: 'What went on; empty when nothing was left to carry.' }),
    ...hintsOnMany,
  })
  .meta({ id: 'RollOver', description: 'What went on from one cycle into another.' })

export function presentRollOver(done: {
  readonly from: Cycle
  readonly into: Cycle
  readonly objectives: readonly {
    readonly from: Objective
    readonly to: Objective
    readonly created: boolean
  }[]
  readonly keyResults: readonly (Omit<z.output<typeof carried>, 'keyResult' | 'title' | 'objective'> & {
    readonly keyResult: KeyResult
  })[]
}): z.output<typeof rollOverResponse> {
  return {
    from: done.from.key,
    into: done.into.key,
    objectives: done.objectives.map(({ from, to, created }) => ({
      from: from.key,
      to: to.key,
      title: to.title,
      created,
      parent: to.parent,
    })),
    keyResults: done.keyResults.map(({ keyResult, clearedDueDay, clearedTargets, rebaselined }) => ({
      keyResult: keyResult.key,
      title: keyResult.title,
      objective: keyResult.objective,
      clearedDueDay,
      clearedTargets,
      rebaselined,
    })),
  }
}
