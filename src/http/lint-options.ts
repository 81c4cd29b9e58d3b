import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import type { LintOptions } from '../app/goals/lint-gradually.ts'
import { languageOf } from '../contracts/api/lint.ts'
import type { Locale } from '../domain/writeback/messages.ts'

/** How the linter speaks to whoever asks: in the language that is named, else the one they read best. */
export function lintOptionsOf({ headers }: Pick<FastifyRequest, 'headers'>, named?: Locale): LintOptions {
  return { locale: named ?? languageOf(headers['accept-language']), pause: () => turnOfOthers() }
}
