import { describe, expect, it } from 'vitest'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { keyResultsNamedIn } from '../../src/domain/sprints/sprint-goal.ts'
import { LINK_RULES } from '../support/issues.ts'

describe('a sprint’s goal names', () => {
  it.each([
    ['', []],
    ['Ship it', []],
    ['KR-1', ['KR-1']],
    ['KR-12: first payments, then kr-3.', ['KR-12', 'KR-3']],
    ['(KR-2) / okr/KR-1; kr:7!', ['KR-2', 'KR-1', 'KR-7']],
    ['Finish kr:3. Then: okr/KR-4/', ['KR-3', 'KR-4']],
    ['KR-1 and KR-1 again', ['KR-1']],
    ['完成KR-12，再看KR-3。', ['KR-12', 'KR-3']],
    ['XKR-1 KR-1x KR-0 KR-01234567890 MKR-5', []],
    ['PROJ-1 KR- 1', []],
    ['🎯KR-4🎯', ['KR-4']],
    [`${'x:'.repeat(200)} KR-5`, ['KR-5']],
  ])('%j: %j', (goal, keys) => {
    expect(keyResultsNamedIn(goal, LINK_RULES)).toEqual(keys)
  })

  it('by the label pattern of its site', () => {
    const rules = compileLinkRules('^goal-([0-9]+)$')
    expect(keyResultsNamedIn('goal-4 before KR-2', rules)).toEqual(['KR-4', 'KR-2'])
  })
})
