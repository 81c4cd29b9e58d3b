import type { Catalogue } from './catalogue.ts'

export const zhCN: Catalogue = {
  'health.no_data': '暂无数据',
  'health.on_track': '进展正常',
  'health.at_risk': '存在风险',
  'health.off_track': '严重落后',
  'health.stale': '久未更新',
  'health.done': '已达成',
  'health.missed': '未达成',

  objective: '目标：{title}',
  'progress.none': '暂无进度',
  'progress.reached': '已达成 {progressShare, number, percent}',
  'progress.expected': '目前应达到 {expectedShare, number, percent}，截止日期 {dueDay}',

  'reason.no_evidence': '还没有可衡量的依据：关联工作尚无进展，也未上报数值。',
  'reason.reached': '已达到目标值。',
  'reason.past_due': '已过截止日期，仍未达到目标值。',
  'reason.silence': '关联工作已有一段时间没有动静，也没有上报新的数值。没有消息不等于进展正常。',
  'reason.grace': '刚刚开始，还不能判断进度快慢。',
  'reason.pace': '实际进度是预期进度的 {paceShare, number, percent}。',
  'reason.behind_start': '当前数值比起点还差。',

  'goal.count': '目标值：{target, number, amount} 个工作项，已完成 {current, number, amount} 个',
  'goal.points': '目标值：{target, number, amount} 个故事点，已完成 {current, number, amount} 个',
  'goal.metric':
    '成果：从 {baseline, number, amount} 到 {target, number, amount}，当前 {current, number, amount} {unit}',
  'work.count': '关联工作：共 {scope, number, amount} 个工作项，已交付 {delivered, number, amount} 个',
  'work.points':
    '关联工作：共 {scope, number, amount} 个故事点，已交付 {delivered, number, amount} 个（{scopeIssues, number} 个工作项中的 {deliveredIssues, number} 个）',
  confidence: '信心指数：{confidence, number}/10',
  unestimated: '{issues, number} 个工作项尚未估算，每个按 {countedAs, number, amount} 个故事点计',

  changes: '自上次更新以来：{changes}',
  'changes.separator': '、',
  'change.delivered': '交付 {count, number} 个工作项',
  'change.reopened': '重新打开 {count, number} 个工作项',
  'change.added': '新增 {count, number} 个工作项',
  'change.removed': '移出 {count, number} 个工作项',
  'change.re_estimated': '重新估算 {count, number} 个工作项',
  'change.started': '开始 {count, number} 个工作项',
  'change.checked_in': '上报 {count, number} 次进展',
  'change.target_moved': '目标值调整 {count, number} 次',
  'change.due_date_moved': '截止日期调整 {count, number} 次',
  'change.rule_changed': '关联规则调整 {count, number} 次',

  provenance: '由 Throughline 自动撰写，后续更新直接修改本评论。',
}
