import { dirname, resolve } from 'node:path'

/** Why a file cannot be read, and what to do: ends a sentence. */
export function whyUnreadable(file: string, cause: unknown): string {
  switch (codeOf(cause)) {
    case 'ENOENT':
      return `there is no file ${resolve(file)}; check the path`
    case 'EISDIR':
      return `${resolve(file)} is a folder; give the path of a file in it`
    case 'EACCES':
      return `you may not read ${resolve(file)}; change its permissions`
    default:
      return reasonOf(cause)
  }
}

/** The same of one that is to be written. */
export function whyUnwritable(file: string, cause: unknown): string {
  switch (codeOf(cause)) {
    case 'ENOENT':
      return `there is no folder ${dirname(resolve(file))}; make it first, or check the path`
    case 'EISDIR':
      return `${resolve(file)} is a folder; give the path of a file in it`
    case 'EACCES':
      return `you may not write ${resolve(file)}; choose another place, or change its permissions`
    default:
      return reasonOf(cause)
  }
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'for no reason given'
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined
}
