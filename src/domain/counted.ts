/** `1 row`, `2 rows`: of what is counted by an s. */
export function counted(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? '' : 's'}`
}
