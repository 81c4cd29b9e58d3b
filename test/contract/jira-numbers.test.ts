import { describe, expect, it } from 'vitest'
import { readChanges } from '../../src/contracts/jira/changelog.ts'
import { readNumber } from '../../src/contracts/jira/issue.ts'
import type { SiteFields } from '../../src/domain/site.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { CLOUD, factOf, readWebhook, webhookFiles } from '../support/webhook-files.ts'

const NUMFIELD = { id: 'customfield_10000', name: 'numfield' }
const SITE: SiteFields = {
  ...CLOUD,
  numbers: [
    NUMFIELD,
    { id: 'customfield_10072', name: 'XYZ - Number Field' },
    { id: 'customfield_10106', name: 'Story Points' },
  ],
}

describe('a number', () => {
  it.each([
    [3, 3],
    [-2.5, -2.5],
    ['44545556', 44_545_556],
    [' 7 ', 7],
    ['', null],
    ['many', null],
    [null, null],
    [true, null],
    [[3], null],
    [Number.POSITIVE_INFINITY, null],
    [1e16, null],
    ['1e400', null],
  ])('is read from %j as %j', (value, number) => {
    expect(readNumber(value)).toBe(number)
  })
})

describe.skipIf(!hasSharedData)('numeric fields of real webhooks', () => {
  it('carry their value in the issue and their change, by name where there is no id, in the changelog', () => {
    const file = 'mattermost-plugin-jira/webhook-server-updated-custom-field'
    expect(factOf('issue', file, SITE).state.numbers).toEqual({ [NUMFIELD.id]: 44_545_556 })
    expect(factOf('changes', file, SITE).changes).toMatchObject([
      { field: NUMFIELD.id, from: 445_455_561, to: 44_545_556, changeId: '10200' },
    ])
  })

  it('are read on Cloud among many other fields', () => {
    const file = 'mattermost-plugin-jira/webhook-cloud-issue-created-many-fields'
    expect(factOf('issue', file, SITE).state.numbers).toEqual({ customfield_10072: 23 })
  })

  it('change nothing else of what any real webhook says', () => {
    const withoutNumbers = (reading: unknown) =>
      JSON.stringify(reading, (name, value: unknown) => {
        if (name === 'numbers') return {}
        return Array.isArray(value) ? value.filter((one) => !isOfNumber(one)) : value
      })
    // The one webhook that tells of a number and of nothing else that is tracked.
    const tellsOnlyNumbers = 'mattermost-plugin-jira/webhook-server-updated-custom-field'
    const others = webhookFiles.filter((file) => file !== tellsOnlyNumbers)
    expect(others.length).toBeGreaterThan(50)
    for (const file of others) {
      expect(withoutNumbers(readWebhook(file, SITE)), file).toBe(withoutNumbers(readWebhook(file, CLOUD)))
    }
  })
})

function isOfNumber(one: unknown): boolean {
  return (
    typeof one === 'object' &&
    one !== null &&
    'field' in one &&
    typeof one.field === 'string' &&
    one.field.startsWith('customfield_')
  )
}

describe('an item of a changelog about a numeric field', () => {
  const item = {
    field: 'Videos',
    fieldtype: 'custom',
    from: null,
    fromString: '2',
    to: null,
    toString: '5.5',
  }
  const site = { ...CLOUD, numbers: [{ id: 'customfield_10050', name: 'Videos' }] }
  const changesOf = (given: object, fields: SiteFields = site) =>
    readChanges('7', 0, [{ ...item, ...given }], fields).map(({ field, from, to }) => ({ field, from, to }))

  it('is known by its id, and by its name where Jira sends none', () => {
    const change = { field: 'customfield_10050', from: 2, to: 5.5 }
    expect(changesOf({ fieldId: 'customfield_10050' })).toEqual([change])
    expect(changesOf({})).toEqual([change])
    expect(changesOf({ fieldId: 'customfield_1' })).toEqual([])
  })

  it('is not one about a system field of the same name', () => {
    const named = { ...site, numbers: [{ id: 'customfield_10050', name: 'timespent' }] }
    expect(changesOf({ field: 'timespent', fieldtype: 'jira' }, named)).toEqual([])
  })

  it('says points and number where both are the same field', () => {
    const both = { ...site, points: site.numbers }
    expect(changesOf({}, both)).toEqual([
      { field: 'points', from: 2, to: 5.5 },
      { field: 'customfield_10050', from: 2, to: 5.5 },
    ])
  })

  it('empties it with an empty text', () => {
    expect(changesOf({ toString: '' })).toEqual([{ field: 'customfield_10050', from: 2, to: null }])
  })
})
