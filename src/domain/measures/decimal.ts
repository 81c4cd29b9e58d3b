/** Doubles hold 15 to 17 decimal digits: these are right whatever was added up. */
const DIGITS = 15

/**
 * What was reckoned, as people who write decimals get it: 0.7 + 0.1 is 0.8 and reaches a target of 0.8, 0.1 + 0.2 is not
 * above 0.3, and 13.2 of the 12 from 12 to 24 are 110 %. A third, which no decimal says, stays what it is.
 */
export function decimal(reckoned: number): number {
  const rounded = Number(reckoned.toPrecision(DIGITS))
  return String(rounded).length < String(reckoned).length - 1 ? rounded : reckoned
}
