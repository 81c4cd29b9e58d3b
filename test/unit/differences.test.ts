import { describe, expect, it } from 'vitest'
import { differencesOf } from '../../src/domain/audit/differences.ts'

describe('what differs between two states', () => {
  it('is told property by property, however deep it lies', () => {
    const before = { title: 'A', measure: { kind: 'metric', target: 55 }, dueDay: null }
    const after = { title: 'A', measure: { kind: 'metric', target: 60 }, dueDay: '2026-12-18' }
    expect(differencesOf(before, after)).toEqual([
      { name: 'measure.target', before: 55, after: 60 },
      { name: 'dueDay', before: null, after: '2026-12-18' },
    ])
  })

  it('is everything that says something, of a thing that was made or removed', () => {
    const made = { title: 'A', description: '', owner: null, dependsOn: [], weight: 1 }
    expect(differencesOf(null, made).map(({ name, after }) => [name, after])).toEqual([
      ['title', 'A'],
      ['weight', 1],
    ])
    expect(differencesOf(made, null).map(({ name, before }) => [name, before])).toEqual([
      ['title', 'A'],
      ['weight', 1],
    ])
  })

  it('takes a list as one value, and the order of properties for none', () => {
    expect(differencesOf({ steps: [1, 2], a: 1, b: 2 }, { b: 2, a: 1, steps: [2, 1] })).toEqual([
      { name: 'steps', before: [1, 2], after: [2, 1] },
    ])
    expect(differencesOf(null, [{ value: 4 }])).toEqual([
      { name: '(all)', before: undefined, after: [{ value: 4 }] },
    ])
  })

  it('is nothing between equal states', () => {
    expect(differencesOf({ at: { x: 1 } }, { at: { x: 1 } })).toEqual([])
    expect(differencesOf(null, null)).toEqual([])
  })
})
