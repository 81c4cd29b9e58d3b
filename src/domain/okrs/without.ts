/** The object without some of its properties. */
export function without<T extends object, Name extends keyof T & string>(
  object: T,
  ...names: readonly Name[]
): Omit<T, Name> {
  const left = Object.entries(object).filter(([name]) => !names.some((gone) => gone === name))
  return Object.fromEntries(left) as Omit<T, Name>
}
