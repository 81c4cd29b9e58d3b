import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { okrText } from '../../src/contracts/okrs/okr-text.ts'
import type { OkrDocument } from '../../src/domain/okrs/okr-document.ts'
import { anyOkrs } from '../support/any-okrs.ts'
import { manyKeyResults } from '../support/many-key-results.ts'
import { documentFrom, forgetGoals, okrFiles } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let store: FreshDatabase
let files: ReturnType<typeof okrFiles>

beforeAll(async () => {
  store = await freshDatabase()
  files = okrFiles(store)
})
afterAll(() => store.drop())
beforeEach(() => forgetGoals(store))

describe('apply, export, apply', () => {
  it('is nothing for any set of OKRs, and exports the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyOkrs, async (document) => {
        await forgetGoals(store)
        await files.apply(document)
        expect((await files.apply(document)).changes).toEqual([])
        const text = await files.exported()
        expect(documentFrom(text)).toEqual(sorted(document))
        expect((await files.apply(text)).changes).toEqual([])
        expect(await files.exported()).toBe(text)
      }),
      { numRuns: 25 },
    )
  })

  it('changes from any set into any other, and says so before it does', async () => {
    await fc.assert(
      fc.asyncProperty(anyOkrs, anyOkrs, async (one, other) => {
        await forgetGoals(store)
        await files.apply(one)
        const planned = await files.plan(other)
        if (planned.kind === 'refused') expect(planned.problems).toEqual([])
        else {
          const applied = await files.apply(other, { expectedPlan: planned.plan.fingerprint })
          expect(applied.changes.length).toBe(planned.plan.changes.length)
        }
        expect((await files.apply(other)).changes).toEqual([])
        const { cycles, objectives } = documentFrom(await files.exported())
        expect({ cycles, objectives }).toEqual({ cycles: other.cycles, objectives: sorted(other).objectives })
      }),
      { numRuns: 20 },
    )
  })

  it('carries 5,000 key results', { timeout: 120_000 }, async () => {
    const document = documentFrom(manyKeyResults(500, 10))
    await files.apply(documentFrom(okrText(document)))
    expect(await store.query('select count(*)::int as n from key_results')).toEqual([{ n: 5_000 }])
    const text = await files.exported()
    expect(documentFrom(text)).toEqual(document)
    expect((await files.apply(text)).changes).toEqual([])
    expect(await files.exported()).toBe(text)
    expect(await store.query('select count(*)::int as n from audit')).toEqual([{ n: 5_501 }])
    expect(await store.query('select max(cursor)::int as n from feed')).toEqual([{ n: 5_501 }])
    expect(await store.query('select count(*)::int as n from dirty_key_results')).toEqual([{ n: 5_000 }])
  })
})

/** As an export orders it. */
function sorted(document: OkrDocument): OkrDocument {
  const numberOf = ({ key }: { key: string }) => Number(key.replace(/\D+/, ''))
  return {
    ...document,
    objectives: document.objectives.toSorted((a, b) => numberOf(a) - numberOf(b)),
  }
}
