import type { FeedEntry } from '../../app/ports/feed.ts'
import type { Records } from '../../app/ports/records.ts'
import type { KeyResultKey } from '../../domain/ids.ts'

/** What is shown and what is measured, of key results that got a value by hand or lost it. */
export async function overriddenWords(
  { progress }: Pick<Records, 'progress'>,
  entries: readonly FeedEntry[],
): Promise<string[]> {
  const keys = entries
    .filter(({ kind, data }) => kind === 'key_result.updated' && isOfValue(data))
    .map(({ subject }) => subject as KeyResultKey)
  const snapshots = await progress.latestSnapshots(keys)
  return [...snapshots].flatMap(([key, { numbers }]) => {
    const { current, automatic, unit } = numbers
    if (automatic?.current == null) return []
    return [
      `${key} shows ${String(current)} ${unit}; measured were ${automatic.current}, and that stays visible`,
    ]
  })
}

function isOfValue({ changed }: FeedEntry['data']): boolean {
  return Array.isArray(changed) && changed.includes('valueOverride')
}
