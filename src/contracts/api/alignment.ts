import { z } from 'zod'
import type { Alignment, AlignmentNode } from '../../domain/alignment/alignment.ts'
import { CONFLICT_KINDS } from '../../domain/alignment/conflicts.ts'
import { cycleKey, cycleKeyInput, keyResultKey, objectiveKey } from './fields.ts'
import { health } from './health.ts'
import { shownProgress } from './progress.ts'
import { presentRollUp, rollUpShape } from './roll-up.ts'

export const alignmentQuery = z.strictObject({
  cycle: cycleKeyInput
    .optional()
    .meta({ description: 'Whose objectives; left out: those of all cycles that run now.' }),
})

const ownOfNode = z.object({
  key: objectiveKey,
  cycle: cycleKey,
  title: z.string(),
  level: z.enum(['company', 'department', 'team', 'individual']),
  team: z.string().nullable(),
  owner: z.string().nullable(),
  parent: z.string().nullable().meta({ description: 'The objective or key result it supports.' }),
  contributionWeight: z.number().nullable(),
  isElsewhere: z
    .boolean()
    .meta({ description: 'Of another cycle: shown because something here supports it.' }),
  ...rollUpShape,
  keyResults: z.array(
    z.object({
      key: keyResultKey,
      title: z.string(),
      weight: z.number(),
      dueDay: z.iso.date(),
      progress: shownProgress,
      health,
      dependsOn: z.array(keyResultKey),
    }),
  ),
})

interface PresentedNode extends z.output<typeof ownOfNode> {
  children: PresentedNode[]
}

const node: z.ZodType<PresentedNode> = z
  .object({
    ...ownOfNode.shape,
    get children(): z.ZodArray<z.ZodType<PresentedNode>> {
      return z.array(node)
    },
  })
  .meta({ id: 'AlignedObjective', description: 'An objective in its place, with what supports it below.' })

const conflict = z
  .object({
    kind: z.enum(CONFLICT_KINDS),
    level: z
      .enum(['at_risk', 'off_track'])
      .nullable()
      .meta({ description: 'How bad the dependency stands; null for other kinds.' }),
    goals: z
      .array(z.string())
      .meta({ description: 'What it is about, the one that has to do something first.' }),
    issue: z
      .object({ site: z.string(), issueId: z.string(), key: z.string() })
      .nullable()
      .meta({ description: 'The epic that several objectives claim; null for other kinds.' }),
    sentence: z.string().meta({ description: 'The same for people.' }),
  })
  .meta({ id: 'AlignmentConflict', description: 'Something that does not fit together.' })

export const alignmentResponse = z
  .object({
    cycles: z.array(cycleKey).meta({ description: 'Whose objectives these are.' }),
    tree: z.array(node).meta({ description: 'What supports nothing, by level and key, with all below it.' }),
    orphans: z.array(objectiveKey).meta({ description: 'Objectives below the company without a parent.' }),
    conflicts: z.array(conflict),
  })
  .meta({ id: 'Alignment', description: 'How objectives hang together.' })

export function presentAlignment(shown: Alignment): z.output<typeof alignmentResponse> {
  return {
    cycles: shown.cycles.map(({ key }) => key),
    tree: shown.roots.map(presentNode),
    orphans: [...shown.orphans],
    conflicts: shown.conflicts.map(({ goals, issue, ...own }) => ({
      ...own,
      goals: [...goals],
      issue: issue === null ? null : { site: issue.siteId, issueId: issue.issueId, key: issue.key },
    })),
  }
}

function presentNode({
  objective,
  standing,
  isElsewhere,
  keyResults,
  children,
}: AlignmentNode): PresentedNode {
  const { key, cycle, title, level, team, owner, parent, contributionWeight } = objective
  return {
    ...{ key, cycle, title, level, team, owner, parent, contributionWeight, isElsewhere },
    ...presentRollUp(standing),
    keyResults: keyResults.map((one) => ({
      key: one.key,
      title: one.title,
      weight: one.weight,
      dueDay: one.dueDay,
      progress: one.progress,
      health: one.health,
      dependsOn: [...one.dependsOn],
    })),
    children: children.map(presentNode),
  }
}
