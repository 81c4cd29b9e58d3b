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
  'progress.due': '截止日期 {dueDay}',

  'reason.no_evidence': '还没有可衡量的依据：关联工作尚无进展，也未上报数值。',
  'reason.reached': '已达到目标值。',
  'reason.past_due': '已过截止日期，仍未达到目标值。',
  'reason.silence': '关联工作已有一段时间没有动静，也没有上报新的数值。没有消息不等于进展正常。',
  'reason.grace': '刚刚开始，还不能判断进度快慢。',
  'reason.pace': '实际进度是预期进度的 {paceShare, number, percent}。',
  'reason.behind_start': '当前数值比起点还差。',
  'reason.gap': '实际进度比计划落后 {points, number} 个百分点。',
  'reason.no_basis': '有进展记录，但没有计划、预测或信心指数可供判断。',
  'reason.by_hand': '这是由人作出的判断；按数值计算应为：{computed}。',
  entered: '该数值由人填写；按测量结果应为 {measuredShare, number, percent}。',
  'entered.unmeasured': '该数值由人填写；目前还没有测量结果。',

  'forecast.probability': '预测：在 {dueDay} 之前达到目标值的概率为 {probabilityShare, number, percent}。',
  'forecast.likely':
    '预测：在 {dueDay} 之前达到目标值的概率为 {probabilityShare, number, percent}，在 {likelyDay} 之前为 85%。',
  'forecast.trend':
    '趋势：到 {dueDay} 约为 {value, number, amount}，介于 {low, number, amount} 与 {high, number, amount} 之间。',

  'goal.count': '目标值：{target, number, amount} 个工作项，已完成 {current, number, amount} 个',
  'goal.points': '目标值：{target, number, amount} 个故事点，已完成 {current, number, amount} 个',
  'goal.size': '目标值：{target, number, amount} {unit}，已完成 {current, number, amount}',
  'goal.metric':
    '成果：从 {baseline, number, amount} 到 {target, number, amount}，当前 {current, number, amount} {unit}',
  'goal.sized': '目标值：{target, number, amount}，已完成 {current, number, amount}',
  'goal.range.and': ' 且 ',
  'goal.range': '{all, number} 个周期中有 {good, number} 个保持在 {band} {unit}',
  'goal.milestones': '共 {all, number} 步，已达到 {good, number} 步',
  'work.count': '关联工作：共 {scope, number, amount} 个工作项，已交付 {delivered, number, amount} 个',
  'work.points':
    '关联工作：共 {scope, number, amount} 个故事点，已交付 {delivered, number, amount} 个（{scopeIssues, number} 个工作项中的 {deliveredIssues, number} 个）',
  warnings: '未解除的预警：{warnings}',
  confidence: '信心指数：{confidence, number}/10',
  unestimated: '{issues, number} 个工作项尚未估算，每个按 {countedAs, number, amount} 个故事点计',

  'sprint.did': '冲刺“{sprint}”：完成 {completed, number} 个工作项，结转 {carriedOver, number} 个',
  'sprint.gained':
    '冲刺“{sprint}”：完成 {completed, number} 个工作项，结转 {carriedOver, number} 个；进度 {gained, number, ::sign-always} 个百分点',
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

  'rule.reached': '已达到目标值',
  'rule.past_due': '已过截止日期',
  'rule.no_evidence': '没有可衡量的依据',
  'rule.silence': '久无消息',
  'rule.grace': '为时尚早',
  'rule.pace': '进度快慢',
  'rule.gap': '与计划的差距',
  'rule.forecast': '预测',
  'rule.confidence': '信心指数',
  'rule.no_basis': '没有判断依据',

  'warning.output_without_outcome': '有产出，无成果',
  'warning.scope_growth': '范围扩大',
  'warning.uncovered': '没有安排工作',
  'warning.conflict': '归属冲突',
  'warning.resolved': '已解除',
  'warning.says.at_risk': '该关键结果可能无法按时达到目标值。',
  'warning.says.off_track': '如果不作调整，该关键结果将无法按时达到目标值。',
  'warning.says.output_without_outcome':
    '关联工作已交付 {deliveryShare, number, percent}，但时间过去 {timeShare, number, percent} 后，成果只走完了 {outcomeShare, number, percent} 的路程。',
  'warning.says.scope_growth.points':
    '自 {day} 以来，关联工作从 {before, number, amount} 个故事点增加到 {now, number, amount} 个。',
  'warning.says.scope_growth.issues':
    '自 {day} 以来，关联工作从 {before, number, amount} 个工作项增加到 {now, number, amount} 个。',
  'warning.says.scope_growth.size':
    '自 {day} 以来，关联工作从 {before, number, amount} 增加到 {now, number, amount}。',
  'warning.says.uncovered': '它处于危险之中，而正在进行的冲刺里没有为它安排未完成的工作。',
  'warning.says.conflict': '{issue} 既计入本关键结果，也计入其他目标下的 {others}。',
  'warning.needs.points':
    '要赶上来，每个冲刺需要 {needed, number, amount} 个故事点；本冲刺计划 {planned, number, amount} 个。',
  'warning.needs.issues':
    '要赶上来，每个冲刺需要 {needed, number, amount} 个工作项；本冲刺计划 {planned, number, amount} 个。',
  'warning.needs.size':
    '要赶上来，每个冲刺需要 {needed, number, amount}；本冲刺计划 {planned, number, amount}。',
  'warning.needs_only.points': '要赶上来，每个冲刺需要 {needed, number, amount} 个故事点。',
  'warning.needs_only.issues': '要赶上来，每个冲刺需要 {needed, number, amount} 个工作项。',
  'warning.needs_only.size': '要赶上来，每个冲刺需要 {needed, number, amount}。',
  'warning.policy': '判断依据：策略“{policy}”，{rule}。',
  'warning.over': '预警“{warning}”已于 {day} 解除。目前状态：{health}。',
  'warning.ended': '由 Throughline 自动撰写，此预警已结束。',
  'warning.provenance': '由 Throughline 自动撰写，每个预警只写一次，有变化时直接修改本评论。',

  'digest.title': '{team}，{day}',
  'digest.moved': '有哪些变化',
  'digest.danger': '处于危险中',
  'digest.recovered': '已脱离危险',
  'digest.serves': '当前工作服务的目标',
  'digest.checkIns': '待上报的进展',
  'digest.asked.value': '数值',
  'digest.asked.steps': '已完成的步骤',
  'digest.asked.confidence': '信心指数',
  'digest.progress': '由 {before, number, percent} 到 {now, number, percent}',
  'digest.health': '由{before}变为{now}',
  'digest.new': '新',
  'digest.since': '自 {day} 起',
  'digest.working': '{issues, number} 个工作项进行中',
  'digest.more': '另有 {count, number} 项',
  'digest.provenance': '由 Throughline 在工作日结束时自动撰写。',
}
