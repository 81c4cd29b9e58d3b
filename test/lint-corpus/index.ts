import { FIELDS_EN } from './fields-en.ts'
import { FIELDS_ZH_CN } from './fields-zh-cn.ts'
import { FIELDS_ZH_TW } from './fields-zh-tw.ts'
import { HELD_OUT_EN } from './held-out-en.ts'
import { HELD_OUT_ZH_CN } from './held-out-zh-cn.ts'
import { HELD_OUT_ZH_TW } from './held-out-zh-tw.ts'
import { LEVELS_EN } from './levels-en.ts'
import { LEVELS_ZH_CN } from './levels-zh-cn.ts'
import { LEVELS_ZH_TW } from './levels-zh-tw.ts'
import { OBJECTIVES_EN } from './objectives-en.ts'
import { OBJECTIVES_ZH_CN } from './objectives-zh-cn.ts'
import { OBJECTIVES_ZH_TW } from './objectives-zh-tw.ts'
import { SLIDES_EN } from './slides-en.ts'
import { SLIDES_ZH_CN } from './slides-zh-cn.ts'
import { SLIDES_ZH_TW } from './slides-zh-tw.ts'
import { TUNED_EN } from './tuned-en.ts'
import { TUNED_ZH_CN } from './tuned-zh-cn.ts'
import { TUNED_ZH_TW } from './tuned-zh-tw.ts'

/** Key results as people write them, in three languages. */
export const CORPUS = {
  tuned: { en: TUNED_EN, 'zh-CN': TUNED_ZH_CN, 'zh-TW': TUNED_ZH_TW },
  levels: { en: LEVELS_EN, 'zh-CN': LEVELS_ZH_CN, 'zh-TW': LEVELS_ZH_TW },
  fields: { en: FIELDS_EN, 'zh-CN': FIELDS_ZH_CN, 'zh-TW': FIELDS_ZH_TW },
  slides: { en: SLIDES_EN, 'zh-CN': SLIDES_ZH_CN, 'zh-TW': SLIDES_ZH_TW },
  'held out': { en: HELD_OUT_EN, 'zh-CN': HELD_OUT_ZH_CN, 'zh-TW': HELD_OUT_ZH_TW },
} as const

/** Objectives as people write them. */
export const OBJECTIVE_CORPUS = {
  en: OBJECTIVES_EN,
  'zh-CN': OBJECTIVES_ZH_CN,
  'zh-TW': OBJECTIVES_ZH_TW,
} as const
