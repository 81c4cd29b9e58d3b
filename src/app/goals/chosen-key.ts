import { HIGHEST_CHOSEN_NUMBER, numberOf } from '../../domain/ids.ts'
import { ThroughlineError, type ErrorCode } from '../errors.ts'

type NumberedKey = Parameters<typeof numberOf>[0]

/** Refuses a chosen key from which no keys could be counted on. Throws `OKR_INPUT_INVALID`. */
export function requireChoosableKey(key: NumberedKey | null): void {
  if (key === null || numberOf(key) <= HIGHEST_CHOSEN_NUMBER) return
  const message = `${key} is too high to choose; take a number up to ${HIGHEST_CHOSEN_NUMBER}, or leave the key out`
  throw new ThroughlineError('OKR_INPUT_INVALID', `${message}.`, { problems: [{ field: 'key', message }] })
}

/** @param what `an objective` */
export function keyTaken(code: ErrorCode, what: string, key: NumberedKey): ThroughlineError {
  const message = `There is ${what} ${key} already, perhaps an archived one. Leave the key out to get the next free one.`
  return new ThroughlineError(code, message, {
    problems: [{ field: 'key', message: 'is taken; leave it out to get the next free one' }],
  })
}
