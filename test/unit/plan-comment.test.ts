import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../src/domain/time.ts'
import type { DigestContent } from '../../src/domain/writeback/comment-content.ts'
import { planComment, type AnyCommentState } from '../../src/domain/writeback/plan-comment.ts'
import { teamDigest } from '../../src/domain/digest/team-digest.ts'
import { BERLIN, digestKeyResult } from '../support/digests.ts'
import { factsWith, PUBLIC_URL } from '../support/status-facts.ts'
import { contentOf, episodeWith } from '../support/warnings.ts'

const NOW = Date.UTC(2026, 10, 20, 9)
const TOMORROW = Date.UTC(2026, 10, 21)
const status = { kind: 'status', facts: factsWith() } as const

function plan(change: Partial<AnyCommentState>) {
  return planComment({
    wanted: status,
    written: null,
    mayExist: false,
    toldLevel: null,
    isMuted: false,
    nextNoticeAt: 0,
    now: NOW,
    ...change,
  })
}

describe('a status comment', () => {
  it('is created, which tells people, so it needs their budget', () => {
    expect(plan({})).toEqual({ kind: 'create' })
    expect(plan({ nextNoticeAt: TOMORROW })).toEqual({ kind: 'wait', until: TOMORROW })
  })

  it('is edited in silence, whatever people were told today', () => {
    const written = { content: { kind: 'status', facts: factsWith({ health: 'on_track' }) }, at: 0 } as const
    expect(plan({ written, nextNoticeAt: TOMORROW })).toEqual({ kind: 'edit', notifies: false })
  })

  it('waits for the end of its quiet hour', () => {
    const written = {
      content: { kind: 'status', facts: factsWith({ health: 'on_track' }) },
      at: NOW,
    } as const
    expect(plan({ written })).toEqual({ kind: 'wait', until: NOW + HOUR_MS })
  })

  it('is left alone where there is nothing to say', () => {
    expect(plan({ written: { content: status, at: 0 } })).toEqual({ kind: 'none' })
  })
})

describe('a comment of any kind', () => {
  it('is planned as its kind is', () => {
    const wanted = contentOf(episodeWith())
    expect(plan({ wanted })).toEqual({ kind: 'create' })
    const written = { content: wanted, at: 0 }
    const worse = contentOf(episodeWith({ level: 'off_track' }))
    expect(plan({ wanted: worse, written, toldLevel: 'at_risk' })).toEqual({ kind: 'edit', notifies: true })
  })

  it('that is a digest is written once and never again', () => {
    const keyResults = [digestKeyResult({ changes: { delivered: 1 } })]
    const digest = teamDigest({
      team: BERLIN,
      since: 0,
      until: NOW,
      keyResults,
      checkIns: [],
      publicUrl: PUBLIC_URL,
    })!
    const wanted: DigestContent = { kind: 'digest', digest }
    expect(plan({ wanted, nextNoticeAt: TOMORROW })).toEqual({ kind: 'create' })
    expect(plan({ wanted, written: { content: wanted, at: 0 } })).toEqual({ kind: 'none' })
    expect(plan({ wanted, isMuted: true })).toEqual({ kind: 'none' })
  })
})
