import type { Case } from './case.ts'
import { FIELDS_EN_GOOD } from './fields-en-good.ts'
import { FIELDS_EN_WEAK } from './fields-en-weak.ts'

/** From hospitals, schools, factories, offices, studios: written before the rules that read them, and seen since. */
export const FIELDS_EN: readonly Case[] = [...FIELDS_EN_WEAK, ...FIELDS_EN_GOOD]
