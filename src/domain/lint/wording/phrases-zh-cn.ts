import { spaced } from './chinese-spacing.ts'
import type { Due, Phrases } from './wording.ts'

function byWhen(due: Due): string {
  switch (due.kind) {
    case 'quarter':
      return '到季度末，'
    case 'half':
      return '到半年度末，'
    case 'year':
      return '到年末，'
    case 'cycle':
      return '到周期结束，'
    case 'day':
      return `到 ${due.day}，`
    case 'none':
      return '到［日期］，'
  }
}

const NOW = '［现值］'
const GOAL = '［目标值］'
const VERBS = { up: '提升到', down: '降低到', unknown: '改善到' } as const
const PERIODS: Readonly<Record<string, string>> = {
  day: '每天',
  week: '每周',
  month: '每月',
  quarter: '每季度',
}

export const PHRASES_ZH_CN: Phrases = {
  change: ({ metric, from, to, direction, due }) =>
    spaced(`${byWhen(due)}${metric ?? '［指标］'}从 ${from ?? NOW} ${VERBS[direction]} ${to ?? GOAL}`),
  keep: ({ metric, band, period, due }) =>
    spaced(
      `${byWhen(due)}${metric ?? '［指标］'}${PERIODS[period] ?? ''}保持在 ${band.replace(' & ', ' 且 ')}`,
    ),
  initiative: (title, result) => `把“${title}”改为举措，关键结果写它带来的结果：“${result}”`,
  ladder: (title, result) =>
    `写明它带来什么：“${result}”；或者用里程碑衡量“${title}”，每一步写明到达的百分比`,
  startingAt: (title) => `${title}（目前：${NOW}）`,
  now: NOW,
  goal: GOAL,
  apart: (results) => `拆成各自独立的关键结果：${results.map((text) => `“${text}”`).join('、')}`,
  owner: '指定一位负责人：owner: ［姓名］',
  dueDay: '写明截止日期：dueDay: ［YYYY-MM-DD］，或者放进一个周期',
  merge: (other) => `两条保留一条，或者写明这一条比 ${other} 多出什么`,
  shorten: '标题只留指标、起点、目标值和日期，其余放进说明',
  words: '目标写明谁的什么变好了，数字放进关键结果',
  fewer: (most) => `保留最重要的 ${most} 条，其余改为举措，或作为 KPI 观察`,
  another: '再加一条关键结果，守住这一条可能牺牲的东西，例如质量或满意度',
  outcome: '至少把其中一条换成工作带来的结果：［指标］从［现值］到［目标值］',
  reverse: (objective) => `设想所有数字都达到了，“${objective}”却仍未实现：缺的那一点就是一条关键结果`,
  reverseEach: '设想一个目标的所有数字都达到了，目标却仍未实现：缺的那一点就是一条关键结果',
}
