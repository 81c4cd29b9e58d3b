import { describe, expect, it } from 'vitest'
import { createMessages } from '../../src/adapters/system/messages.ts'
import { progressBar, statusComment } from '../../src/domain/writeback/status-comment.ts'
import type { StatusFacts } from '../../src/domain/writeback/status-facts.ts'
import { readable } from '../support/readable-comment.ts'
import { factsWith } from '../support/status-facts.ts'

const messages = createMessages()

function english(change: Partial<StatusFacts>): string {
  return readable(statusComment(factsWith(change), messages.sayIn('en')))
}

describe('the status comment', () => {
  it('reads well in English', () => {
    expect(readable(statusComment(factsWith(), messages.sayIn('en')))).toBe(
      `# [At risk] KR-12 Checkout takes 10 s <https://okr.example.com/key-results/KR-12>
Objective: Faster shopping
▰▰▰▱▱▱▱▱▱▱ **30% reached** · 40% expected by now, due 2026-12-31
- Progress is at 75% of the expected pace.
- Linked work: 6 of 20 points delivered (2 of 9 issues)
- 2 issues have no estimate and count as 3 points each
- Confidence: 6 of 10
- Since the last update: 2 issues delivered, 1 issue added
Written by Throughline, edited in place.`,
    )
  })

  it('says the forecast, what a person said, and what else stands', () => {
    const said = english({
      overruled: 'on_track',
      rule: 'forecast',
      forecast: { kind: 'probability', percent: 35, likelyDay: '2027-01-15' },
      warnings: [
        { kind: 'uncovered', level: 'at_risk' },
        { kind: 'scope_growth', level: 'at_risk' },
      ],
    })
    expect(said).toContain('- A person judged it so; by its numbers it would be: On track.\n')
    expect(said).toContain(
      '- Forecast: 35% probability of reaching the target by 2026-12-31, 85% by 2027-01-15.\n',
    )
    expect(said).toContain('- Open warnings: No work planned, Scope grows\n')
    expect(said).not.toContain('expected pace')
  })

  it('says how far behind plan it is where it is judged by that', () => {
    expect(english({ rule: 'gap', gapPoints: 17 })).toContain(
      '- Progress is 17 percentage points behind plan.',
    )
    expect(english({ rule: 'gap', gapPoints: -3 })).not.toContain('behind plan')
    expect(english({ expectedPercent: null })).toContain('**30% reached** · due 2026-12-31')
  })

  it('reads well in simplified Chinese', () => {
    const facts = factsWith({ title: '结账不超过 10 秒', objectiveTitle: '购物更快' })
    expect(readable(statusComment(facts, messages.sayIn('zh-CN')))).toBe(
      `# [存在风险] KR-12 结账不超过 10 秒 <https://okr.example.com/key-results/KR-12>
目标：购物更快
▰▰▰▱▱▱▱▱▱▱ **已达成 30%** · 目前应达到 40%，截止日期 2026-12-31
- 实际进度是预期进度的 75%。
- 关联工作：共 20 个故事点，已交付 6 个（9 个工作项中的 2 个）
- 2 个工作项尚未估算，每个按 3 个故事点计
- 信心指数：6/10
- 自上次更新以来：交付 2 个工作项、新增 1 个工作项
由 Throughline 自动撰写，后续更新直接修改本评论。`,
    )
  })

  it('reads well in traditional Chinese', () => {
    const facts = factsWith({ title: '結帳不超過 10 秒', objectiveTitle: '購物更快' })
    expect(readable(statusComment(facts, messages.sayIn('zh-TW')))).toBe(
      `# [有風險] KR-12 結帳不超過 10 秒 <https://okr.example.com/key-results/KR-12>
目標：購物更快
▰▰▰▱▱▱▱▱▱▱ **已達成 30%** · 目前應達到 40%，期限 2026-12-31
- 實際進度為預期進度的 75%。
- 連結的工作：共 20 點，已交付 6 點（9 個工作項目中的 2 個）
- 2 個工作項目尚未估點，每個以 3 點計
- 信心指數：6/10
- 自上次更新以來：交付 2 個工作項目、新增 1 個工作項目
由 Throughline 自動撰寫，後續更新會直接修改這則留言。`,
    )
  })

  it('shows the outcome of a metric beside its linked work, never mixed', () => {
    const text = english({
      measure: { kind: 'metric', unit: 'h', baseline: 15, target: 10 },
      current: 13.5,
      target: 10,
      latestCheckIn: { value: 13.5, confidence: null },
    })
    expect(text).toContain('\n- Outcome: from 15 to 10, now 13.5 h\n')
    expect(text).toContain('\n- Linked work: 6 of 20 issues delivered\n')
    expect(text).not.toContain('Confidence')
    expect(text).not.toContain('estimate')
  })

  it('ends the outcome of a metric without a unit at its number', () => {
    const measure = { kind: 'metric', unit: '', baseline: 120, target: 30 } as const
    expect(english({ measure, current: 75, target: 30 })).toContain('from 120 to 30, now 75\n')
  })

  it('says what a fixed target is, beside the work in scope', () => {
    const measure = { kind: 'delivery', size: 'points', target: { kind: 'fixed', amount: 40 } } as const
    const text = english({ measure, current: 6, target: 40 })
    expect(text).toContain(
      '\n- Target: 6 of 40 points\n- Linked work: 6 of 20 points delivered (2 of 9 issues)\n',
    )
  })

  it.each([
    [
      'a sum',
      {
        measure: { kind: 'field_sum', field: 'customfield_10050', unit: 'videos', baseline: 0, target: 20 },
        current: 5,
        target: 20,
      },
      ['Target: 5 of 20 videos', '目标值：20 videos，已完成 5', '目標值：20 videos，已完成 5'],
    ],
    [
      'a fixed amount that a field sizes',
      {
        measure: {
          kind: 'delivery',
          size: { field: 'customfield_10050' },
          target: { kind: 'fixed', amount: 20 },
        },
        current: 5,
        target: 20,
      },
      ['Target: 5 of 20', '目标值：20，已完成 5', '目標值：20，已完成 5'],
    ],
    [
      'a band',
      {
        measure: {
          kind: 'range',
          unit: '%',
          band: { atLeast: 3, below: 5 },
          period: 'month',
          valueOfPeriod: 'latest',
          targetShare: 1,
        },
        current: 1 / 3,
        target: 1,
        counted: { good: 1, all: 3 },
      },
      [
        'Kept ≥ 3 and < 5 % in 1 of 3 periods',
        '3 个周期中有 1 个保持在 ≥ 3 且 < 5 %',
        '3 個週期中有 1 個維持在 ≥ 3 且 < 5 %',
      ],
    ],
    [
      'a ladder',
      {
        measure: { kind: 'milestones', steps: [] },
        current: 20,
        target: 100,
        counted: { good: 5, all: 9 },
      },
      ['5 of 9 steps reached', '共 9 步，已达到 5 步', '共 9 步，已達到 5 步'],
    ],
    [
      'a value that a person entered',
      { enteredOver: { measuredPercent: 20 } },
      [
        'A person entered this value; measured, it would be 20%.',
        '该数值由人填写；按测量结果应为 20%。',
        '這個數值由人填寫；依測量結果應為 20%。',
      ],
    ],
  ] satisfies [string, Partial<StatusFacts>, string[]][])(
    'says %s in each language',
    (_what, change, lines) => {
      const said = (['en', 'zh-CN', 'zh-TW'] as const).map((locale) =>
        readable(statusComment(factsWith(change), messages.sayIn(locale))).split('\n- '),
      )
      expect(said.map((found, index) => found.includes(lines[index]!))).toEqual([true, true, true])
    },
  )

  it('says of a yes or no how confident people are, and no number', () => {
    const text = english({ measure: { kind: 'binary' }, current: 0, target: 1, progressPercent: 0 })
    expect(text).toContain('- Confidence: 6 of 10\n')
    expect(text).not.toContain('Target')
  })

  it('counts issues when issues are what counts', () => {
    const measure = { kind: 'delivery', size: 'count', target: { kind: 'scope' } } as const
    const text = english({ measure, scope: { issues: 1, size: 1 }, delivered: { issues: 1, size: 1 } })
    expect(text).toContain('\n- Linked work: 1 of 1 issue delivered\n')
    expect(text).not.toContain('estimate')
  })

  it('has no line for what is not there', () => {
    const text = english({
      scope: { issues: 0, size: 0 },
      unestimated: { issues: 0, countedAs: 1 },
      changes: {},
      latestCheckIn: null,
      progressPercent: null,
      health: 'no_data',
      rule: 'no_evidence',
      pacePercent: null,
    })
    expect(text).toBe(`# [No data] KR-12 Checkout takes 10 s <https://okr.example.com/key-results/KR-12>
Objective: Faster shopping
No progress to show yet · 40% expected by now, due 2026-12-31
- There is nothing to measure yet: no linked work has moved and no value has been reported.
Written by Throughline, edited in place.`)
  })

  it('names every kind of movement since the last comment', () => {
    const changes: StatusFacts['changes'] = {
      rule_changed: 1,
      due_date_moved: 2,
      target_moved: 1,
      checked_in: 1,
      re_estimated: 3,
      removed: 1,
      added: 1200,
      started: 1,
      reopened: 1,
      delivered: 1,
    }
    expect(english({ changes })).toContain(
      'Since the last update: 1 issue delivered, 1 issue reopened, 1 issue started, 1,200 issues added, ' +
        '1 issue removed, 3 issues re-estimated, 1 check-in, target moved, due date moved 2 times, way of measuring changed',
    )
  })

  it('does not call a value worse than its start a pace', () => {
    expect(english({ pacePercent: -20, progressPercent: 0 })).toContain(
      '- The value is worse than it was at the start.',
    )
  })

  it.each([
    ['reached', 'The target is reached.'],
    ['past_due', 'The due date has passed and the target was not reached.'],
    ['silence', 'Silence does not count as on track.'],
    ['grace', 'It is too early to judge the pace.'],
  ] as const)('explains the rule %s in a sentence', (rule, sentence) => {
    expect(english({ rule })).toContain(sentence)
  })

  it.each([
    ['no_data', 'neutral'],
    ['on_track', 'green'],
    ['at_risk', 'yellow'],
    ['off_track', 'red'],
    ['stale', 'neutral'],
    ['done', 'green'],
    ['missed', 'red'],
  ] as const)('colours %s %s, beside a word that says the same', (health, color) => {
    const { blocks } = statusComment(factsWith({ health }), messages.sayIn('en'))
    const text = messages.say('en', `health.${health}`)
    expect(blocks[0]).toMatchObject({ kind: 'heading', runs: [{ kind: 'status', text, color }, {}, {}] })
  })
})

it.each([
  [0, '▱▱▱▱▱▱▱▱▱▱'],
  [9, '▱▱▱▱▱▱▱▱▱▱'],
  [29, '▰▰▱▱▱▱▱▱▱▱'],
  [70, '▰▰▰▰▰▰▰▱▱▱'],
  [99, '▰▰▰▰▰▰▰▰▰▱'],
  [100, '▰▰▰▰▰▰▰▰▰▰'],
])('draws %d percent as %s', (percent, bar) => {
  expect(progressBar(percent)).toBe(bar)
})
