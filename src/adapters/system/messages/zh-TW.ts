import type { Catalogue } from './catalogue.ts'

export const zhTW: Catalogue = {
  'health.no_data': '尚無資料',
  'health.on_track': '進度正常',
  'health.at_risk': '有風險',
  'health.off_track': '嚴重落後',
  'health.stale': '久未更新',
  'health.done': '已達成',
  'health.missed': '未達成',

  objective: '目標：{title}',
  'progress.none': '尚無進度',
  'progress.reached': '已達成 {progressShare, number, percent}',
  'progress.expected': '目前應達到 {expectedShare, number, percent}，期限 {dueDay}',

  'reason.no_evidence': '尚無可衡量的依據：連結的工作尚無進展，也沒有回報數值。',
  'reason.reached': '已達到目標值。',
  'reason.past_due': '期限已過，仍未達到目標值。',
  'reason.silence': '連結的工作已有一段時間沒有動靜，也沒有回報新的數值。沒有消息不代表進度正常。',
  'reason.grace': '才剛開始，還無法判斷進度快慢。',
  'reason.pace': '實際進度為預期進度的 {paceShare, number, percent}。',
  'reason.behind_start': '目前數值比起點還差。',

  'goal.count': '目標值：{target, number, amount} 個工作項目，已完成 {current, number, amount} 個',
  'goal.points': '目標值：{target, number, amount} 點，已完成 {current, number, amount} 點',
  'goal.metric':
    '成果：從 {baseline, number, amount} 到 {target, number, amount}，目前 {current, number, amount} {unit}',
  'work.count': '連結的工作：共 {scope, number, amount} 個工作項目，已交付 {delivered, number, amount} 個',
  'work.points':
    '連結的工作：共 {scope, number, amount} 點，已交付 {delivered, number, amount} 點（{scopeIssues, number} 個工作項目中的 {deliveredIssues, number} 個）',
  confidence: '信心指數：{confidence, number}/10',
  unestimated: '{issues, number} 個工作項目尚未估點，每個以 {countedAs, number, amount} 點計',

  changes: '自上次更新以來：{changes}',
  'changes.separator': '、',
  'change.delivered': '交付 {count, number} 個工作項目',
  'change.reopened': '重新開啟 {count, number} 個工作項目',
  'change.added': '新增 {count, number} 個工作項目',
  'change.removed': '移出 {count, number} 個工作項目',
  'change.re_estimated': '重新估點 {count, number} 個工作項目',
  'change.started': '開始 {count, number} 個工作項目',
  'change.checked_in': '回報 {count, number} 次進度',
  'change.target_moved': '目標值調整 {count, number} 次',
  'change.due_date_moved': '期限調整 {count, number} 次',
  'change.rule_changed': '連結規則調整 {count, number} 次',

  provenance: '由 Throughline 自動撰寫，後續更新會直接修改這則留言。',
}
