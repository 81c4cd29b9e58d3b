import type { Ambition, ObjectiveLevel } from '../../domain/goals.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { RowType } from '../../domain/okr-import/import-row.ts'

/** What other tools call the things a line can be. */
export const TYPE_ALIASES: Readonly<Record<RowType, readonly string[]>> = {
  objective: ['objective', 'o', 'big rock', 'goal', 'company objective', 'team objective', '目标', '目標'],
  key_result: [
    'key result',
    'kr',
    'keyresult',
    'metric',
    'milestone',
    'result',
    'target',
    '关键结果',
    '關鍵結果',
    '关键成果',
  ],
  initiative: [
    'initiative',
    'project',
    'task',
    'action',
    'action item',
    'work item',
    'activity',
    '举措',
    '舉措',
    '项目',
    '行动',
    '任务',
  ],
  kpi: ['kpi', 'health metric', '健康指标'],
  check_in: ['check in', 'checkin', 'update', '签到', '进展'],
}

export const LEVEL_ALIASES: Readonly<Record<ObjectiveLevel, readonly string[]>> = {
  company: [
    'company',
    'organization',
    'organisation',
    'org',
    'corporate',
    'workspace',
    '公司',
    '公司级',
    '组织',
    '集团',
  ],
  department: ['department', 'division', 'business unit', 'group', '部门', '部門', '部门级', '事业部'],
  team: ['team', 'squad', '团队', '團隊', '团队级', '小组'],
  individual: ['individual', 'personal', 'person', 'employee', 'user', '个人', '個人', '个人级'],
}

export const AMBITION_ALIASES: Readonly<Record<Ambition, readonly string[]>> = {
  committed: ['committed', 'commitment', 'roofshot', '承诺', '承诺型', '承諾型'],
  aspirational: ['aspirational', 'aspiration', 'stretch', 'moonshot', '挑战', '挑战型', '愿景型'],
}

export const MEASURE_ALIASES: Readonly<Record<Measure['kind'], readonly string[]>> = {
  metric: [
    'metric',
    'number',
    'numeric',
    'percentage',
    'percent',
    'default progress',
    'custom percent',
    'currency',
    'euro',
    'dollar',
    'increase',
    'decrease',
    'kpi',
    '数值',
    '百分比',
  ],
  range: ['range', 'maintain', 'stay', 'threshold', '区间'],
  binary: [
    'binary',
    'boolean',
    'yes no',
    'done not done',
    'complete incomplete',
    'yesno',
    '是否',
    '是否完成',
  ],
  milestones: ['milestones'],
  delivery: ['delivery'],
  field_sum: ['field sum'],
}
