import { describe, expect, it } from 'vitest'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { isOptedOut, ownTags } from '../../src/domain/links/link-rules.ts'
import { issueState, KR1, KR2, LINK_RULES } from '../support/issues.ts'

describe('the tags of an issue', () => {
  it('are its labels and its field values that name a key result, each as it is written', () => {
    const state = issueState({ labels: ['kr:2', 'ui', 'KR-x'], keyResultField: ['okr/KR-1', 'soon'] })
    expect(ownTags(state, LINK_RULES)).toEqual([
      { keyResult: KR2, source: 'label', text: 'kr:2' },
      { keyResult: KR1, source: 'field', text: 'okr/KR-1' },
    ])
  })

  it('name a key result once: a label goes before a field, and of two labels the first in order', () => {
    const state = issueState({ labels: ['kr:1', 'KR-1'], keyResultField: ['KR-1'] })
    expect(ownTags(state, LINK_RULES)).toEqual([{ keyResult: KR1, source: 'label', text: 'KR-1' }])
    const fields = issueState({ keyResultField: ['kr:1', 'KR-1'] })
    expect(ownTags(fields, LINK_RULES)).toEqual([{ keyResult: KR1, source: 'field', text: 'KR-1' }])
  })

  it('are read from the field as keys, whatever the labels of a site look like', () => {
    const rules = compileLinkRules('^goal/([0-9]+)$')
    const state = issueState({ labels: ['KR-1'], keyResultField: ['kr-1', 'goal/2', 'KR-x'] })
    expect(ownTags(state, rules)).toEqual([
      { keyResult: KR2, source: 'field', text: 'goal/2' },
      { keyResult: KR1, source: 'field', text: 'kr-1' },
    ])
  })

  it('are the same in whatever order Jira lists them', () => {
    const labels = ['KR-2', 'kr:1', 'KR-1', 'kr:2']
    expect(ownTags(issueState({ labels: labels.toReversed() }), LINK_RULES)).toEqual(
      ownTags(issueState({ labels }), LINK_RULES),
    )
  })
})

describe('an issue is opted out', () => {
  it.each(['kr:none', 'KR:None'])('by the label %s', (label) => {
    expect(isOptedOut(issueState({ labels: ['ui', label] }))).toBe(true)
  })

  it('by nothing else', () => {
    expect(isOptedOut(issueState({ labels: ['kr:none-yet', 'none'], keyResultField: ['kr:none'] }))).toBe(
      false,
    )
  })
})
