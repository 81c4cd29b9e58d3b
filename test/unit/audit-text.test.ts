import { describe, expect, it } from 'vitest'
import { auditText } from '../../src/cli/audit-text.ts'

const told = (before: unknown, after: unknown): string =>
  auditText([
    {
      ...{ id: 1, at: 0, actor: 'cli', by: null, reason: null, action: 'objective.update', subject: 'O-1' },
      ...{ before: { description: before }, after: { description: after } },
    },
  ])

const LONG = 'People find what they need in the first ten results of the'

describe('the audit log in a terminal', () => {
  it('shows short values whole', () => {
    expect(told('Search', 'Search for all')).toMatch(/description +Search +Search for all$/)
    expect(told(null, 'Search')).toMatch(/description +– +Search$/)
  })

  it('shows of long values what differs, after a little of what is the same', () => {
    expect(told(`${LONG} shop`, `${LONG} app`)).toMatch(/description +…ults of the shop +…ults of the app$/)
    expect(told(LONG, `${LONG} app`)).toMatch(/description +…sults of the +…sults of the app$/)
  })

  it('cuts what comes after', () => {
    const line = told(`${LONG} shop ${LONG}`, `${LONG} app ${LONG}`).split('\n').at(-1)
    expect(line).toMatch(/ …ults of the shop People.*… +…ults of the app People.*…$/)
    expect(told(`One ${LONG}`, `Two ${LONG}`)).toMatch(/ One People.*… +Two People.*…$/)
  })
})
