/** Doubles hold 15 to 17 decimal digits: these are right whatever was added up. */
const DIGITS = 15

/**
 * A sum as people who write decimals get it: 0.7 + 0.1 is 0.8 and reaches a target of 0.8, 0.1 + 0.2 is not above 0.3.
 */
export function decimalSum(sum: number): number {
  return Number(sum.toPrecision(DIGITS))
}
