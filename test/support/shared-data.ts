import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Real Jira payloads, REST answers and Atlassian's schemas, read in place: they are the judge of parsers and of
 * every request. They live beside the checkout (or where THROUGHLINE_SHARED_DATA says) and are never copied here.
 */
const folder = resolve(
  process.env.THROUGHLINE_SHARED_DATA ?? resolve(import.meta.dirname, '../../../shared/data'),
)

export const hasSharedData = existsSync(folder)

if (!hasSharedData && process.env.CI === 'true') {
  throw new Error(`CI needs the shared Jira data: ${folder} does not exist; set THROUGHLINE_SHARED_DATA`)
}

/** The absolute path of a file or folder of the shared data. */
export function sharedData(...path: string[]): string {
  return resolve(folder, ...path)
}
