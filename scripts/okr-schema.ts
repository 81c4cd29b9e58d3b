import { format } from 'prettier'
import { z } from 'zod'
import { okrDocument } from '../src/contracts/okrs/document-schema.ts'

/** `schema/okrs.schema.json`: what editors complete and check a file of OKRs with. */
export function okrSchema(): Promise<string> {
  const schema = z.toJSONSchema(okrDocument, { io: 'input', target: 'draft-2020-12' })
  return format(JSON.stringify({ $id: 'urn:throughline:okrs:1', ...schema }), {
    parser: 'json',
    printWidth: 110,
  })
}
