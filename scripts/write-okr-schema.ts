import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { okrSchema } from './okr-schema.ts'

const folder = resolve(import.meta.dirname, '../schema')

mkdirSync(folder, { recursive: true })
writeFileSync(resolve(folder, 'okrs.schema.json'), await okrSchema())
