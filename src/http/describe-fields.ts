import { FIELD_WORDS_IN_PLACE } from './field-words-in-place.ts'
import { FIELD_WORDS } from './field-words.ts'

interface Schema {
  description?: string
  type?: unknown
  items?: unknown
  properties?: Record<string, unknown>
}

/** Gives every property of these schemas that says nothing of itself the words of its name; components by their names. */
export function describeFields(paths: unknown, components: Readonly<Record<string, unknown>>): void {
  visit(paths, '')
  for (const [name, schema] of Object.entries(components)) visit(schema, name)
}

function visit(node: unknown, holder: string): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    if (key !== 'properties' || typeof value !== 'object' || value === null) visit(value, holder)
    else
      for (const [name, schema] of Object.entries(value as Record<string, Schema>))
        describe(name, schema, holder)
  }
}

function describe(name: string, schema: Schema, holder: string): void {
  const words = FIELD_WORDS_IN_PLACE[holder]?.[name] ?? FIELD_WORDS[name]
  if (words !== undefined && !saysWhatItIs(schema))
    schema.description = mayBeNull(schema) ? words : words.replace(OF_NULL, '')
  visit(schema, name)
}

/** What words say of null: one name may be null in one place and never in another. */
const OF_NULL = /; null[^;.]*/

function mayBeNull(schema: Schema & { readonly anyOf?: unknown; readonly enum?: unknown }): boolean {
  const { type, anyOf, enum: values } = schema
  return (
    [type].flat().includes('null') ||
    [values].flat().includes(null) ||
    [anyOf].flat().some((some) => (some as Schema | undefined)?.type === 'null')
  )
}

/** By itself, as a component, as a constant, or in each of its alternatives. */
export function saysWhatItIs(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true
  const { description, items, anyOf, oneOf, allOf } = schema as Schema & Record<string, unknown>
  if (description !== undefined || '$ref' in schema || 'const' in schema) return true
  if (items !== undefined) return saysWhatItIs(items) && '$ref' in (items as object)
  const alternatives = [anyOf, oneOf, allOf].flatMap((some) =>
    Array.isArray(some) ? (some as Schema[]) : [],
  )
  const told = alternatives.filter(({ type }) => type !== 'null')
  return told.length > 0 && told.every(saysWhatItIs)
}
