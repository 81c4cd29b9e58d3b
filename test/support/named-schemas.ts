/** Every property and parameter of an OpenAPI document or a JSON Schema, with what holds it. */
export function namedSchemas(node: unknown, holder = ''): { name: string; schema: unknown }[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'properties')
      return Object.entries(value as object).flatMap(([name, schema]) => [
        { name: `${holder}.${name}`, schema: schema as unknown },
        ...namedSchemas(schema, `${holder}.${name}`),
      ])
    const isParameter = 'in' in node && key === 'schema'
    const own = isParameter
      ? [{ name: `${holder} parameter`, schema: { ...(value as object), ...node } }]
      : []
    const isPlace = /^[A-Z/]|^(get|put|post|patch|delete)$/.test(key)
    return [...own, ...namedSchemas(value, isPlace ? `${holder} ${key}` : holder)]
  })
}
