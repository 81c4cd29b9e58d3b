import { ThroughlineError } from '../app/errors.ts'
import type { DeliveryOutcome } from '../app/ports/inbox.ts'
import type { Settings } from '../config.ts'
import { say, withService } from './one-off.ts'
import { table } from './table.ts'

/** Prints received webhooks, newest first: what they were and what became of them. */
export async function listDeliveries(
  settings: Settings,
  outcome: string | null,
  limit: number,
): Promise<void> {
  await withService(settings, async ({ database }) => {
    const rows = await database.records.inbox.list({
      outcome: outcome as DeliveryOutcome | 'waiting' | null,
      limit,
    })
    if (rows.length === 0) {
      say('No deliveries.')
      return
    }
    say(
      table(
        ['id', 'received', 'event', 'bytes', 'outcome', 'reason'],
        rows.map((row) => [
          String(row.id),
          new Date(row.receivedAt).toISOString(),
          row.event ?? '',
          String(row.bytes),
          row.outcome ?? `waiting (${row.attempts} attempts)`,
          row.reason ?? '',
        ]),
      ),
    )
  })
}

/** Puts one delivery back in line and applies it at once. */
export async function replayDelivery(settings: Settings, idText: string): Promise<void> {
  const id = Number(idText)
  await withService(settings, async ({ database, work }) => {
    if (!Number.isSafeInteger(id) || !(await database.records.inbox.replay(id))) {
      throw new ThroughlineError(
        'OKR_DELIVERY_NOT_FOUND',
        `There is no delivery ${idText}. List them with: throughline deliveries list`,
      )
    }
    await work.deliveries(settings.config.jira.siteId)
    const delivery = await database.records.inbox.find(id)
    say(`Delivery ${id}: ${delivery?.outcome ?? 'waiting'}${delivery?.reason ? ` (${delivery.reason})` : ''}`)
  })
}
