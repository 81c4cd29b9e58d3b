import type { Episode } from '../warnings/episode.ts'
import type { Say } from './messages.ts'

/** `At risk`, `Off track`, or the kind of warning. */
export function warningName({ kind, level }: Pick<Episode, 'kind' | 'level'>, say: Say): string {
  return kind === 'health' ? say(`health.${level}`) : say(`warning.${kind}`)
}
