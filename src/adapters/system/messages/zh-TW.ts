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
  'progress.due': '期限 {dueDay}',

  'reason.no_evidence': '尚無可衡量的依據：連結的工作尚無進展，也沒有回報數值。',
  'reason.reached': '已達到目標值。',
  'reason.past_due': '期限已過，仍未達到目標值。',
  'reason.silence': '連結的工作已有一段時間沒有動靜，也沒有回報新的數值。沒有消息不代表進度正常。',
  'reason.grace': '才剛開始，還無法判斷進度快慢。',
  'reason.pace': '實際進度為預期進度的 {paceShare, number, percent}。',
  'reason.behind_start': '目前數值比起點還差。',
  'reason.gap': '實際進度比計畫落後 {points, number} 個百分點。',
  'reason.no_basis': '有進展紀錄，但沒有計畫、預測或信心指數可供判斷。',
  'reason.by_hand': '這是由人作出的判斷；依數值計算應為：{computed}。',
  entered: '這個數值由人填寫；依測量結果應為 {measuredShare, number, percent}。',
  'entered.unmeasured': '這個數值由人填寫；目前還沒有測量結果。',

  'forecast.probability': '預測：在 {dueDay} 之前達到目標值的機率為 {probabilityShare, number, percent}。',
  'forecast.likely':
    '預測：在 {dueDay} 之前達到目標值的機率為 {probabilityShare, number, percent}，在 {likelyDay} 之前為 85%。',
  'forecast.trend':
    '趨勢：到 {dueDay} 約為 {value, number, amount}，介於 {low, number, amount} 與 {high, number, amount} 之間。',

  'goal.count': '目標值：{target, number, amount} 個工作項目，已完成 {current, number, amount} 個',
  'goal.points': '目標值：{target, number, amount} 點，已完成 {current, number, amount} 點',
  'goal.size': '目標值：{target, number, amount} {unit}，已完成 {current, number, amount}',
  'goal.metric':
    '成果：從 {baseline, number, amount} 到 {target, number, amount}，目前 {current, number, amount} {unit}',
  'goal.sized': '目標值：{target, number, amount}，已完成 {current, number, amount}',
  'goal.range.and': ' 且 ',
  'goal.range': '{all, number} 個週期中有 {good, number} 個維持在 {band} {unit}',
  'goal.milestones': '共 {all, number} 步，已達到 {good, number} 步',
  'work.count': '連結的工作：共 {scope, number, amount} 個工作項目，已交付 {delivered, number, amount} 個',
  'work.points':
    '連結的工作：共 {scope, number, amount} 點，已交付 {delivered, number, amount} 點（{scopeIssues, number} 個工作項目中的 {deliveredIssues, number} 個）',
  warnings: '尚未解除的警示：{warnings}',
  confidence: '信心指數：{confidence, number}/10',
  unestimated: '{issues, number} 個工作項目尚未估點，每個以 {countedAs, number, amount} 點計',

  'sprint.did': '衝刺「{sprint}」：完成 {completed, number} 個工作項目，結轉 {carriedOver, number} 個',
  'sprint.gained':
    '衝刺「{sprint}」：完成 {completed, number} 個工作項目，結轉 {carriedOver, number} 個；進度 {gained, number, ::sign-always} 個百分點',
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

  'rule.reached': '已達到目標值',
  'rule.past_due': '期限已過',
  'rule.no_evidence': '沒有可衡量的依據',
  'rule.silence': '久無消息',
  'rule.grace': '為時尚早',
  'rule.pace': '進度快慢',
  'rule.gap': '與計畫的差距',
  'rule.forecast': '預測',
  'rule.confidence': '信心指數',
  'rule.no_basis': '沒有判斷依據',

  'warning.output_without_outcome': '有產出，無成果',
  'warning.scope_growth': '範圍擴大',
  'warning.uncovered': '沒有安排工作',
  'warning.conflict': '歸屬衝突',
  'warning.resolved': '已解除',
  'warning.says.at_risk': '此關鍵結果可能無法如期達到目標值。',
  'warning.says.off_track': '若不調整，此關鍵結果將無法如期達到目標值。',
  'warning.says.output_without_outcome':
    '連結的工作已交付 {deliveryShare, number, percent}，但時間過了 {timeShare, number, percent}，成果只走完 {outcomeShare, number, percent} 的路程。',
  'warning.says.scope_growth.points':
    '自 {day} 以來，連結的工作從 {before, number, amount} 點增加到 {now, number, amount} 點。',
  'warning.says.scope_growth.issues':
    '自 {day} 以來，連結的工作從 {before, number, amount} 個工作項目增加到 {now, number, amount} 個。',
  'warning.says.scope_growth.size':
    '自 {day} 以來，連結的工作從 {before, number, amount} 增加到 {now, number, amount}。',
  'warning.says.uncovered': '它處於危險之中，而進行中的衝刺裡沒有為它安排未完成的工作。',
  'warning.says.conflict': '{issue} 既計入本關鍵結果，也計入其他目標下的 {others}。',
  'warning.needs.points':
    '要趕上來，每個衝刺需要 {needed, number, amount} 點；本衝刺計畫 {planned, number, amount} 點。',
  'warning.needs.issues':
    '要趕上來，每個衝刺需要 {needed, number, amount} 個工作項目；本衝刺計畫 {planned, number, amount} 個。',
  'warning.needs.size':
    '要趕上來，每個衝刺需要 {needed, number, amount}；本衝刺計畫 {planned, number, amount}。',
  'warning.needs_only.points': '要趕上來，每個衝刺需要 {needed, number, amount} 點。',
  'warning.needs_only.issues': '要趕上來，每個衝刺需要 {needed, number, amount} 個工作項目。',
  'warning.needs_only.size': '要趕上來，每個衝刺需要 {needed, number, amount}。',
  'warning.policy': '判斷依據：政策「{policy}」，{rule}。',
  'warning.over': '警示「{warning}」已於 {day} 解除。目前狀態：{health}。',
  'warning.ended': '由 Throughline 自動撰寫，此警示已結束。',
  'warning.provenance': '由 Throughline 自動撰寫，每個警示只寫一次，有變化時直接修改這則留言。',

  'digest.title': '{team}，{day}',
  'digest.moved': '有哪些變化',
  'digest.danger': '處於危險中',
  'digest.recovered': '已脫離危險',
  'digest.serves': '目前工作服務的目標',
  'digest.checkIns': '待回報的進度',
  'digest.asked.value': '數值',
  'digest.asked.steps': '已完成的步驟',
  'digest.asked.confidence': '信心指數',
  'digest.progress': '由 {before, number, percent} 到 {now, number, percent}',
  'digest.health': '由{before}變為{now}',
  'digest.new': '新',
  'digest.since': '自 {day} 起',
  'digest.working': '{issues, number} 個工作項目進行中',
  'digest.more': '另有 {count, number} 項',
  'digest.provenance': '由 Throughline 在工作日結束時自動撰寫。',
}
