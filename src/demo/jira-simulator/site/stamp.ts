import type { EpochMs } from '../../../domain/time.ts'
import type { RunningSite } from './running-site.ts'

/** When something happens, and who does it: an account id, by default the site's first user. */
export interface Stamp {
  readonly at: EpochMs
  readonly by?: string
}

/** The account a mutation is done by. */
export function actor(site: RunningSite, stamp: Stamp): string {
  return stamp.by ?? site.history.users[0]?.accountId ?? site.history.site.account.accountId
}
