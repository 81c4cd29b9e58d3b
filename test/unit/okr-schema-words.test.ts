import { expect, it } from 'vitest'
import schema from '../../schema/okrs.schema.json' with { type: 'json' }
import { saysWhatItIs } from '../../src/http/describe-fields.ts'
import { namedSchemas } from '../support/named-schemas.ts'

it('the schema of a file of OKRs says of every property what it is, for editors to show', () => {
  const named = namedSchemas(schema)
  expect(named.length).toBeGreaterThan(80)
  expect(named.filter((each) => !saysWhatItIs(each.schema)).map(({ name }) => name)).toEqual([])
})
