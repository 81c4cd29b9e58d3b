import { describe, expect, it } from 'vitest'
import { readChanges } from '../../src/contracts/jira/changelog.ts'
import type { SiteFields } from '../../src/domain/site.ts'
import { CLOUD } from '../support/webhook-files.ts'

const SITE: SiteFields = { ...CLOUD, flag: { id: 'customfield_10021', name: 'Flagged' } }

describe("a changelog's item about the flag", () => {
  const item = {
    field: 'Flagged',
    fieldtype: 'custom',
    from: '',
    fromString: '',
    to: '[10019]',
    toString: 'Impediment',
  }
  const changesOf = (given: object, fields = SITE) =>
    readChanges('7', 0, [{ ...item, ...given }], fields).map(({ field, from, to }) => ({ field, from, to }))

  it('sets it, and takes it away', () => {
    const fieldId = 'customfield_10021'
    expect(changesOf({ fieldId })).toEqual([{ field: 'flag', from: false, to: true }])
    const away = { fieldId, from: '[10019]', fromString: 'Impediment', to: '', toString: '' }
    expect(changesOf(away)).toEqual([{ field: 'flag', from: true, to: false }])
    expect(changesOf({ ...away, to: null, toString: null })).toEqual([
      { field: 'flag', from: true, to: false },
    ])
  })

  it('is known by its name where Jira sends no id, and not by its name alone where it sends one', () => {
    expect(changesOf({})).toHaveLength(1)
    expect(changesOf({ fieldId: 'customfield_1' })).toEqual([])
    expect(changesOf({}, CLOUD)).toEqual([])
  })
})
