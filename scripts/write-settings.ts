import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { environmentExample, environmentPage } from './settings-text.ts'

const root = resolve(import.meta.dirname, '..')

writeFileSync(resolve(root, '.env.example'), environmentExample())
writeFileSync(resolve(root, 'docs/environment.md'), environmentPage())
