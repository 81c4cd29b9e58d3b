import { readFileSync } from 'node:fs'
import AjvDraft04 from 'ajv-draft-04'
import type { ValidateFunction } from 'ajv'
import { sharedData } from './shared-data.ts'

let validate: ValidateFunction | undefined

/** What Atlassian's own schema finds wrong with an Atlassian Document Format document; [] when it is valid. */
export function problemsOfAdf(document: unknown): string[] {
  validate ??= compile()
  if (validate(document)) return []
  return (validate.errors ?? []).map((error) => `adf${error.instancePath} ${error.message ?? 'is not valid'}`)
}

function compile(): ValidateFunction {
  const schema = JSON.parse(readFileSync(sharedData('adf/adf-full.schema.json'), 'utf8')) as object
  return new AjvDraft04.default({ strict: false, allErrors: true }).compile(schema)
}
