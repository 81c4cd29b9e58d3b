import { z } from 'zod'

/** How many items of a list one answer holds, and where it goes on. */

export const limit = z.coerce.number().int().min(1).max(200).default(50).meta({
  description: 'How many items to answer with.',
})

/** Where a list that shows its newest first goes on: below an id. */
export const beforeId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional()

export const includeArchived = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')
  .meta({ description: 'Whether archived ones are listed too.' })

export function pageOf<Item extends z.ZodType>(item: Item, next: string) {
  return z
    .object({
      items: z.array(item),
      next: z
        .string()
        .nullable()
        .meta({ description: `${next} Give it as \`after\` to go on; null on the last page.` }),
    })
    .meta({ description: 'One page of the list.' })
}

/** The largest whole number PostgreSQL keeps in an `integer`. */
export const MAX_INTEGER = 2_147_483_647
