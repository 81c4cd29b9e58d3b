import { describe, expect, it } from 'vitest'
import { createMessages } from '../../src/adapters/system/messages.ts'
import { renderAdf } from '../../src/domain/writeback/adf.ts'
import { warningComment } from '../../src/domain/writeback/warning-comment.ts'
import { warningContent } from '../../src/domain/writeback/warning-content.ts'
import { renderWiki } from '../../src/domain/writeback/wiki.ts'
import { WARNING_KINDS, type WarningKind, type WarningNumbers } from '../../src/domain/warnings/signal.ts'
import type { Episode } from '../../src/domain/warnings/episode.ts'
import { problemsOfAdf } from '../support/adf-schema.ts'
import { readable } from '../support/readable-comment.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { contentOf, DETAILS, episodeWith, KR, someFacts } from '../support/warnings.ts'

const messages = createMessages()

const shown = (change: Partial<Episode> = {}) => contentOf(episodeWith(change)).shown
const english = (change: Partial<Episode> = {}) =>
  readable(warningComment(shown(change), messages.sayIn('en')))

function withNumbers(change: Partial<WarningNumbers>): Partial<Episode> {
  return { facts: { ...someFacts, numbers: { ...someFacts.numbers, ...change } } }
}

const ofKind = (kind: WarningKind): Partial<Episode> => ({
  kind,
  facts: { ...someFacts, detail: DETAILS[kind] },
})

describe('the comment of a warning', () => {
  it('reads well in English', () => {
    expect(english()).toBe(
      `# [At risk] KR-12 Checkout takes 10 s <https://okr.example.com/key-results/KR-12>
Objective: Faster shopping
▰▰▰▱▱▱▱▱▱▱ **30% reached** · 40% expected by now, due 2026-12-31
@Ada Lovelace (5b10ac8d82e05b22cc7d4ef5) This key result may not reach its target in time.
- Progress is at 75% of the expected pace.
- To come back it needs 13 points per sprint; this sprint plans 5.
- Judged by the policy “balanced”: pace.
Written by Throughline once for this warning, and edited in place when it changes.`,
    )
  })

  it('reads well in simplified Chinese', () => {
    expect(readable(warningComment(shown(), messages.sayIn('zh-CN')))).toBe(
      `# [存在风险] KR-12 Checkout takes 10 s <https://okr.example.com/key-results/KR-12>
目标：Faster shopping
▰▰▰▱▱▱▱▱▱▱ **已达成 30%** · 目前应达到 40%，截止日期 2026-12-31
@Ada Lovelace (5b10ac8d82e05b22cc7d4ef5) 该关键结果可能无法按时达到目标值。
- 实际进度是预期进度的 75%。
- 要赶上来，每个冲刺需要 13 个故事点；本冲刺计划 5 个。
- 判断依据：策略“balanced”，进度快慢。
由 Throughline 自动撰写，每个预警只写一次，有变化时直接修改本评论。`,
    )
  })

  it('reads well in traditional Chinese', () => {
    expect(readable(warningComment(shown({ level: 'off_track' }), messages.sayIn('zh-TW')))).toBe(
      `# [嚴重落後] KR-12 Checkout takes 10 s <https://okr.example.com/key-results/KR-12>
目標：Faster shopping
▰▰▰▱▱▱▱▱▱▱ **已達成 30%** · 目前應達到 40%，期限 2026-12-31
@Ada Lovelace (5b10ac8d82e05b22cc7d4ef5) 若不調整，此關鍵結果將無法如期達到目標值。
- 實際進度為預期進度的 75%。
- 要趕上來，每個衝刺需要 13 點；本衝刺計畫 5 點。
- 判斷依據：政策「balanced」，進度快慢。
由 Throughline 自動撰寫，每個警示只寫一次，有變化時直接修改這則留言。`,
    )
  })

  it('says the forecast, as a probability or as a trend, never one as the other', () => {
    const probability = { kind: 'probability', percent: 35, likelyDay: '2027-01-15' } as const
    expect(english(withNumbers({ forecast: probability }))).toContain(
      'Forecast: 35% probability of reaching the target by 2026-12-31, 85% by 2027-01-15.',
    )
    const trend = { kind: 'trend', valueAtDue: 52.5, low: 50, high: 54 } as const
    const said = english(withNumbers({ forecast: trend }))
    expect(said).toContain('Trend: about 52.5 by 2026-12-31, between 50 and 54.')
    expect(said).not.toContain('probability')
  })

  it('says what a person said, and what the numbers say', () => {
    expect(english(withNumbers({ overruled: 'on_track' }))).toContain(
      'A person judged it so; by its numbers it would be: On track.',
    )
  })

  it('says that the date has passed when it has', () => {
    expect(english({ level: 'off_track', ...withNumbers({ health: 'missed' }) })).toContain(
      'The due date has passed and the target was not reached.',
    )
  })

  it.each([
    [
      'output_without_outcome',
      'Output without outcome',
      '70% of the linked work is delivered, but after 55%',
    ],
    ['scope_growth', 'Scope grows', 'Its linked work grew from 20 to 31 points since 2026-11-02.'],
    ['uncovered', 'No work planned', 'no running sprint holds open work for it.'],
    ['conflict', 'Conflict', 'WEB-1 counts for it and also for KR-7, which serve other objectives.'],
  ] as const)('says of %s what is wrong in its numbers', (kind, name, sentence) => {
    const said = english(ofKind(kind))
    expect(said).toContain(`# [${name}] KR-12`)
    expect(said).toContain(sentence)
  })

  it('mentions nobody once it is over, and says since when', () => {
    expect(english({ resolvedAt: Date.UTC(2026, 10, 25), ...withNumbers({ health: 'on_track' }) })).toBe(
      `# [Resolved] KR-12 Checkout takes 10 s <https://okr.example.com/key-results/KR-12>
Objective: Faster shopping
▰▰▰▱▱▱▱▱▱▱ **30% reached** · 40% expected by now, due 2026-12-31
The warning “At risk” ended on 2026-11-25. Health now: On track.
Written by Throughline; this warning is over.`,
    )
  })

  it.skipIf(!hasSharedData).each(WARNING_KINDS)(
    "is valid under Atlassian's schema for %s, in every language, open and over",
    (kind) => {
      for (const locale of messages.locales) {
        for (const resolvedAt of [null, 1_000]) {
          const document = warningComment(shown({ ...ofKind(kind), resolvedAt }), messages.sayIn(locale))
          expect(problemsOfAdf(renderAdf(document))).toEqual([])
        }
      }
    },
  )

  it('mentions the account on Cloud by its id, on Data Center by its name', () => {
    const document = warningComment(shown(), messages.sayIn('en'))
    expect(JSON.stringify(renderAdf(document))).toContain(
      '{"type":"mention","attrs":{"id":"5b10ac8d82e05b22cc7d4ef5","text":"@Ada Lovelace"}}',
    )
    expect(renderWiki(document)).toContain('[~5b10ac8d82e05b22cc7d4ef5] This key result')
  })

  it('mentions nobody by a name that no account has', () => {
    const named = (ownerAccountId: string) =>
      warningContent({
        episode: episodeWith(),
        numbersNow: null,
        keyResult: { key: KR, title: 'T', owner: 'Ada', ownerAccountId },
        objective: { title: 'O' },
        dueDay: '2026-12-31',
        timeZone: 'UTC',
        isInDigest: false,
        publicUrl: 'https://okr.example.com',
      }).shown.owner
    expect(named('ada.lovelace')).toEqual({ accountId: 'ada.lovelace', name: 'Ada' })
    for (const text of ['', 'ada] {html}', 'a\u0000', 'x'.repeat(256)]) expect(named(text)).toBeNull()
  })

  it('mentions nobody where an account could end the mention and begin markup', () => {
    const hostile = { ...shown(), owner: { accountId: 'ada] {html}', name: 'Ada' } }
    const wiki = renderWiki(warningComment(hostile, messages.sayIn('en')))
    expect(wiki).not.toContain('[~')
    expect(wiki).toContain('Ada This key result')
  })
})
