import { spaced } from './chinese-spacing.ts'
import type { Due, Phrases } from './wording.ts'

function byWhen(due: Due): string {
  switch (due.kind) {
    case 'quarter':
      return '到季末，'
    case 'half':
      return '到半年度結束，'
    case 'year':
      return '到年底，'
    case 'cycle':
      return '到週期結束，'
    case 'day':
      return `到 ${due.day}，`
    case 'none':
      return '到［日期］，'
  }
}

const NOW = '［現值］'
const GOAL = '［目標值］'
const VERBS = { up: '提升到', down: '降低到', unknown: '改善到' } as const
const PERIODS: Readonly<Record<string, string>> = {
  day: '每天',
  week: '每週',
  month: '每月',
  quarter: '每季',
}

export const PHRASES_ZH_TW: Phrases = {
  change: ({ metric, from, to, direction, due }) =>
    spaced(`${byWhen(due)}${metric ?? '［指標］'}從 ${from ?? NOW} ${VERBS[direction]} ${to ?? GOAL}`),
  keep: ({ metric, band, period, due }) =>
    spaced(
      `${byWhen(due)}${metric ?? '［指標］'}${PERIODS[period] ?? ''}維持在 ${band.replace(' & ', ' 且 ')}`,
    ),
  initiative: (title, result) => `把「${title}」改為行動方案，關鍵結果寫它帶來的成果：「${result}」`,
  ladder: (title, result) =>
    `寫明它帶來什麼：「${result}」；或者用里程碑衡量「${title}」，每一步寫明到達的百分比`,
  startingAt: (title) => `${title}（目前：${NOW}）`,
  now: NOW,
  goal: GOAL,
  apart: (results) => `拆成各自獨立的關鍵結果：${results.map((text) => `「${text}」`).join('、')}`,
  owner: '指定一位負責人：owner: ［姓名］',
  dueDay: '寫明截止日期：dueDay: ［YYYY-MM-DD］，或者放進一個週期',
  merge: (other) => `兩條保留一條，或者寫明這一條比 ${other} 多出什麼`,
  shorten: '標題只留指標、起點、目標值和日期，其餘放進說明',
  words: '目標寫明誰的什麼變好了，數字放進關鍵結果',
  fewer: (most) => `保留最重要的 ${most} 條，其餘改為行動方案，或作為 KPI 觀察`,
  another: '再加一條關鍵結果，守住這一條可能犧牲的東西，例如品質或滿意度',
  outcome: '至少把其中一條換成工作帶來的成果：［指標］從［現值］到［目標值］',
  reverse: (objective) => `設想所有數字都達到了，「${objective}」卻仍未實現：缺的那一點就是一條關鍵結果`,
  reverseEach: '設想一個目標的所有數字都達到了，目標卻仍未實現：缺的那一點就是一條關鍵結果',
}
