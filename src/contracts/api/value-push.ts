import { z } from 'zod'
import type { CheckIn } from '../../domain/goals.ts'
import type { EpochMs } from '../../domain/time.ts'
import { checkInResponse, presentCheckIn } from './check-in.ts'
import { amount, callersId, instantInput, lineOfText, linesOfText } from './fields.ts'

const id = callersId.optional().meta({
  description:
    'Your name for this value. The same one again stores nothing; another value under it is refused.',
  examples: ['nps-2026-11-21'],
})

const value = amount.meta({ description: 'In the unit of the measure.', examples: [48.5] })
const at = instantInput
  .optional()
  .meta({ description: 'When it was so, in any order and as late as may be; left out: now.' })
const note = linesOfText(5_000).optional()

const pushed = z.strictObject({ value, at, note, id })

/** One value, or up to a thousand that are stored together or not at all. */
export const valuePush = z
  .strictObject({
    ...pushed.partial().shape,
    values: z.array(pushed).min(1).max(1_000).optional().meta({
      description: 'Many values in the place of one; each has its own date, note and id.',
    }),
    author: lineOfText(200)
      .default('api')
      .meta({ description: 'The system that sends it.', examples: ['warehouse'] }),
  })
  .check(({ value: body, issues }) => {
    const wrong = (name: string, message: string) =>
      issues.push({ code: 'custom', input: body, path: [name], message })
    if (body.values === undefined) {
      if (body.value === undefined) wrong('value', 'is missing: give a value, or values')
      return
    }
    for (const name of ['value', 'at', 'note', 'id'] as const) {
      if (body[name] !== undefined) wrong(name, 'stands beside values: give it with each of them instead')
    }
  })
  .meta({ description: 'One value, or many in `values`.' })

interface Value {
  readonly value: number
  readonly at: EpochMs | null
  readonly note: string
  readonly id: string | null
  readonly path: string
}

/**
 * The values of a request. Without an id of its own a value has the request's `Idempotency-Key`, and in a batch its
 * place after it; the space between keeps it apart from any id.
 */
export function pushedValues(
  { values, value: single, at: singleAt, note: singleNote, id: singleId }: z.output<typeof valuePush>,
  idempotencyKey: string | null,
): [Value, ...Value[]] {
  const valueOf = (
    given: { value: number; at?: EpochMs | undefined; note?: string | undefined; id?: string | undefined },
    path: string,
    otherId: string | null,
  ): Value => ({
    value: given.value,
    at: given.at ?? null,
    note: given.note ?? '',
    id: given.id ?? otherId,
    path,
  })
  const [first, ...others] = values ?? []
  if (first !== undefined) {
    const idAt = (place: number) => (idempotencyKey === null ? null : `${idempotencyKey} ${place}`)
    const rest = others.map((given, index) => valueOf(given, `values.${index + 1}`, idAt(index + 2)))
    return [valueOf(first, 'values.0', idAt(1)), ...rest]
  }
  if (single === undefined) throw new RangeError('a push without values passed its contract')
  return [valueOf({ value: single, at: singleAt, note: singleNote, id: singleId }, '', idempotencyKey)]
}

export const pushResponse = z
  .object({
    recorded: z.int().meta({ description: 'Values that are new.' }),
    known: z.int().meta({ description: 'Values whose id was known; nothing of them was stored.' }),
    items: z.array(z.object({ ...checkInResponse.shape, isNew: z.boolean() })),
  })
  .meta({ id: 'Push', description: 'What became of each value, in the order sent.' })

export function presentPush(
  pushed: readonly { readonly checkIn: CheckIn; readonly isNew: boolean }[],
): z.output<typeof pushResponse> {
  const recorded = pushed.filter(({ isNew }) => isNew).length
  return {
    recorded,
    known: pushed.length - recorded,
    items: pushed.map(({ checkIn, isNew }) => ({ ...presentCheckIn(checkIn), isNew })),
  }
}
