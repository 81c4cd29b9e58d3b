import { describe, expect, it } from 'vitest'
import { linkSentence } from '../../src/contracts/api/link-sentence.ts'
import type { Contribution, ContributionStep } from '../../src/domain/contributions/contribution.ts'
import type { LinkReason } from '../../src/domain/links/effective-links.ts'
import { KR1, START } from '../support/issues.ts'

const BY_LABEL: LinkReason = { kind: 'label', text: 'kr:1' }

function contribution(given: Partial<ContributionStep>, reason: LinkReason = BY_LABEL): Contribution {
  const step: ContributionStep = {
    at: START,
    state: 'to_do',
    size: 5,
    role: 'drives',
    sharePercent: 100,
    outReason: null,
    ...given,
  }
  return { keyResult: KR1, siteId: 'main', issueId: '7', reason, isAnchorCandidate: false, steps: [step] }
}

const inherited = (via: 'label' | 'field' | 'manual', text: string): LinkReason => ({
  kind: 'inherited',
  ancestorId: '1',
  ancestorKey: 'PROJ-1',
  via,
  text,
})

describe('the sentence that explains a link', () => {
  it.each<[string, Partial<ContributionStep>, LinkReason, 'points' | 'count']>([
    ['PROJ-7 counts 5 points for KR-1 because it carries the label kr:1.', {}, BY_LABEL, 'points'],
    ['PROJ-7 counts 1 point for KR-1 because it carries the label kr:1.', { size: 1 }, BY_LABEL, 'points'],
    ['PROJ-7 counts one issue for KR-1 because it carries the label kr:1.', { size: 1 }, BY_LABEL, 'count'],
    [
      'PROJ-7 counts 60 % of 5 points for KR-1 because it is linked to KR-1 by hand.',
      { sharePercent: 60 },
      { kind: 'manual' },
      'points',
    ],
    [
      'PROJ-7 counts a median issue for KR-1, since it has no estimate, because its key result field says KR-1.',
      { size: null },
      { kind: 'field', text: 'KR-1' },
      'points',
    ],
    [
      'PROJ-7 counts 5 points for KR-1 because PROJ-1 above it carries the label KR-1.',
      {},
      inherited('label', 'KR-1'),
      'points',
    ],
    [
      'PROJ-7 counts 5 points for KR-1 because PROJ-1 above it has a key result field that says KR-1.',
      {},
      inherited('field', 'KR-1'),
      'points',
    ],
    [
      'PROJ-7 supports KR-1 without moving it because PROJ-1 above it is linked to KR-1 by hand.',
      { role: 'supports' },
      inherited('manual', ''),
      'points',
    ],
    [
      'PROJ-7 does not count for KR-1 because nothing links it any more.',
      { state: 'out', outReason: 'unlinked' },
      BY_LABEL,
      'points',
    ],
    [
      'PROJ-7 does not count for KR-1 because it was deleted in Jira.',
      { state: 'out', outReason: 'deleted' },
      BY_LABEL,
      'points',
    ],
    [
      'PROJ-7 does not count for KR-1 because it was closed without being delivered; otherwise it would count since it carries the label kr:1.',
      { state: 'out', outReason: 'not_delivered' },
      BY_LABEL,
      'points',
    ],
  ])('%s', (sentence, step, reason, unit) => {
    expect(linkSentence(contribution(step, reason), 'PROJ-7', unit)).toBe(sentence)
  })
})
