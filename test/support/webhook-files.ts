import { readdirSync, readFileSync } from 'node:fs'
import { readDelivery, type DeliveryReading } from '../../src/contracts/jira/webhook.ts'
import type { Fact } from '../../src/domain/mirror/facts.ts'
import type { SiteFields } from '../../src/domain/site.ts'
import { hasSharedData, sharedData } from './shared-data.ts'

const FOLDERS = ['pinpt-jira', 'mattermost-plugin-jira'] as const

/** Every real webhook of the shared data, as `folder/file` without its ending; none where there is no data. */
export const webhookFiles: readonly string[] = FOLDERS.flatMap((folder) =>
  hasSharedData
    ? readdirSync(sharedData('webhooks', folder))
        .filter((file) => file.endsWith('.json'))
        .map((file) => `${folder}/${file.slice(0, -'.json'.length)}`)
    : [],
)

/** The bytes Jira sent. */
export function webhookBytes(file: string): Buffer {
  return readFileSync(sharedData('webhooks', `${file}.json`))
}

export const RECEIVED_AT = Date.UTC(2026, 9, 1)

/** The fields of the Cloud site whose webhooks begin with `pinpt-jira/`. */
export const CLOUD: SiteFields = {
  sprint: { id: 'customfield_10107', name: 'Sprint' },
  points: [],
  numbers: [],
  flag: null,
  epicLink: { id: 'customfield_10006', name: 'Epic Link' },
  keyResult: null,
  blocks: null,
}

/** What a real webhook turns out to be. */
export function readWebhook(file: string, fields = CLOUD): DeliveryReading {
  return readDelivery(webhookBytes(file), { fields, ownAccountId: null, receivedAt: RECEIVED_AT })
}

/** The facts of a real webhook; throws when it has none. */
export function factsOf(file: string, fields = CLOUD): readonly Fact[] {
  const reading = readWebhook(file, fields)
  if (reading.kind !== 'facts') throw new Error(`${file} is ${reading.kind}: ${reading.reason}`)
  return reading.facts
}

/** The one fact of a kind; throws when there is none or another. */
export function factOf<K extends Fact['kind']>(
  kind: K,
  file: string,
  fields = CLOUD,
): Extract<Fact, { kind: K }> {
  const found = factsOf(file, fields).filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind)
  if (found.length !== 1) throw new Error(`${file} tells ${found.length} facts of kind ${kind}, not one`)
  return found[0]!
}
