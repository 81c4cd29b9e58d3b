import type { Hit } from '../hit.ts'

/** Columns of a text that is read at a glance; a Chinese character takes two. */
const MOST_COLUMNS = 160

/** Told by the whole text, of which the other rules read only the beginning. */
export function tooLong(title: string): Hit | null {
  const columns = title.length + (title.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0)
  return columns > MOST_COLUMNS ? { rule: 'too-long', count: columns } : null
}
