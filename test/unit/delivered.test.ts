import { describe, expect, it } from 'vitest'
import { closesWithoutDelivery, deliveryState } from '../../src/domain/contributions/delivered.ts'
import { DOING, DONE, issueState, TO_DO, WONT_DO } from '../support/issues.ts'

const nowhere = { resolutionIds: new Set<string>() }
const named = (name: string, id = '77') => closesWithoutDelivery({ id, name }, nowhere)

describe('a resolution closes without delivery', () => {
  it.each([
    "Won't Do",
    'Won’t Do',
    'WON＇T DO',
    "Won't Fix",
    'Duplicate',
    'Cannot Reproduce',
    'Declined',
    ' declined ',
    'Rejected',
    'Canceled',
    'Cancelled',
    'Not a Bug',
    '不做',
    '不修复',
    '重复',
    '无法重现',
    '已拒绝',
    '已取消',
    '不修復',
    '重複',
    '無法重現',
    '已拒絕',
  ])('when it is called %j', (name) => {
    expect(named(name)).toBe(true)
  })

  it('when the site lists its id, whatever it is called', () => {
    const site = { resolutionIds: new Set(['42']) }
    expect(closesWithoutDelivery({ id: '42', name: 'Geparkt' }, site)).toBe(true)
    expect(closesWithoutDelivery({ id: '43', name: 'Geparkt' }, site)).toBe(false)
  })

  it('when it is called so, also where the site lists other ids', () => {
    expect(closesWithoutDelivery(WONT_DO, { resolutionIds: new Set(['42']) })).toBe(true)
  })
})

it.each(['Done', 'Fixed', '完成', '已解决', '已解決', 'Not duplicated any more', 'Delivered', ''])(
  'a resolution called %j delivers',
  (name) => {
    expect(named(name)).toBe(false)
  },
)

describe('an issue', () => {
  it.each([
    [TO_DO, null, 'to_do'],
    [DOING, null, 'in_progress'],
    [DONE, null, 'delivered'],
    [DONE, { id: '10000', name: 'Done' }, 'delivered'],
    [DONE, WONT_DO, 'not_delivered'],
  ] as const)('in status category %s with resolution %j is %s', (statusId, resolution, delivery) => {
    expect(deliveryState(issueState({ statusId, resolution }), nowhere)).toBe(delivery)
  })

  it.each([
    [TO_DO, 'to_do'],
    [DOING, 'in_progress'],
  ] as const)(
    'in status %s that kept the resolution Won’t Do from before is %s again',
    (statusId, delivery) => {
      expect(deliveryState(issueState({ statusId, resolution: WONT_DO }), nowhere)).toBe(delivery)
    },
  )

  it('is judged by its category, never by what its status is called', () => {
    const state = issueState({ statusId: TO_DO, statusName: 'Done' })
    expect(deliveryState(state, nowhere)).toBe('to_do')
    const renamed = { ...state, statusCategory: 'done' as const, statusName: 'To Do' }
    expect(deliveryState(renamed, nowhere)).toBe('delivered')
  })
})
