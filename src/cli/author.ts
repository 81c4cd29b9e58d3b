import { userInfo } from 'node:os'
import { Option } from 'commander'
import { ThroughlineError } from '../app/errors.ts'
import { authorshipInput } from '../contracts/api/authorship.ts'
import { inputProblems } from '../contracts/problem-text.ts'
import type { Author } from '../domain/authorship.ts'

/** What a command that writes goals is given for the audit log. */
export interface AuthorFlags {
  readonly by?: string
  readonly reason?: string
}

export function byOption(): Option {
  return new Option('--by <name>', 'who makes this change; left out: you, as this computer calls you')
}

export function reasonOption(): Option {
  return new Option('--reason <text>', 'why, for the audit log')
}

/** Who makes the change. Throws `OKR_INPUT_INVALID` for a name or a reason that is no line of text. */
export function authorOf({ by, reason }: AuthorFlags): Author {
  const read = authorshipInput.safeParse({ by, reason })
  if (read.success) {
    return { actor: 'cli', by: read.data.by ?? userName(), reason: read.data.reason ?? null }
  }
  const problems = inputProblems(read.error.issues, { by, reason }).map(({ field, message }) => ({
    field: `--${field}`,
    message,
  }))
  throw new ThroughlineError(
    'OKR_INPUT_INVALID',
    `The change cannot be audited: ${problems.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
    { problems },
  )
}

/** A process may run as a user that has no name, as many containers do. */
function userName(): string | null {
  try {
    return userInfo().username
  } catch {
    return null
  }
}
