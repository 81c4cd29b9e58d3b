import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blockingSpells, type BlockingPast, type KnownBlocking } from '../../src/domain/mirror/blocking.ts'
import type { Blocker, FieldChange } from '../../src/domain/mirror/issue.ts'
import { spellAt } from '../../src/domain/spells.ts'
import { anyInstant } from '../support/issue-histories.ts'
import { day, issueHistory } from '../support/issues.ts'

/** When one issue blocked another: begun and, but for the last, ended, ascending. */
const anyTurns = fc
  .uniqueArray(anyInstant, { maxLength: 6 })
  .map((instants) => instants.sort((a, b) => a - b))

const truth = (turns: readonly number[], at: number) => turns.filter((turn) => turn <= at).length % 2 === 1

const shown = (issueId: string): Blocker => ({
  ...{ issueId, key: `PROJ-${issueId}`, statusId: '1', statusCategory: 'new' },
})

/** What Jira tells of these turns: all of it in one way, and any part of it in the other. */
function past(
  turns: readonly number[],
  { byChangelog, byWebhook, readAt }: { byChangelog: boolean[]; byWebhook: boolean[]; readAt: number },
) {
  const changes = turns.flatMap((at, index): [number, FieldChange][] => {
    const isMade = index % 2 === 0
    return byChangelog[index] === true ? [[at, { field: 'blocker:PROJ-2', from: !isMade, to: isMade }]] : []
  })
  const links: KnownBlocking['links'][number][] = []
  turns.forEach((at, index) => {
    if (byWebhook[index] !== true) return
    links.push({
      blockerId: '2',
      madeAt: index % 2 === 0 ? at : null,
      removedAt: index % 2 === 1 ? at : null,
    })
  })
  const read = { at: readAt, blockers: truth(turns, readAt) ? [shown('2')] : [] }
  const blocking: BlockingPast = {
    known: new Map([['1', { read, links: links.reverse() }]]),
    idOfKey: new Map([['PROJ-2', '2']]),
    blockers: new Map(),
    deletedAt: new Map(),
  }
  return { history: issueHistory({}, ...changes), blocking }
}

const isLinked = ({ history, blocking }: ReturnType<typeof past>, at: number) =>
  blockingSpells(history, blocking).some(({ linked }) => spellAt(linked, at) !== null)

const anyPart = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })
const ALL = Array<boolean>(6).fill(true)

it('a link is told as it was at every instant, whichever way each of its turns was heard, once or twice', () => {
  fc.assert(
    fc.property(anyTurns, anyPart, anyPart, anyInstant, anyInstant, (turns, some, twice, readAt, at) => {
      const byWebhook = some.map((heard, index) => !heard || twice[index]!)
      const heard = past(turns, { byChangelog: some, byWebhook, readAt })
      expect(isLinked(heard, at)).toBe(truth(turns, at))
    }),
    { numRuns: 500 },
  )
})

it('the newest list of links is right about now, whatever was missed before', () => {
  fc.assert(
    fc.property(anyTurns, anyPart, anyPart, (turns, byChangelog, byWebhook) => {
      const heard = past(turns, { byChangelog, byWebhook, readAt: day(90) })
      expect(isLinked(heard, day(91))).toBe(truth(turns, day(91)))
    }),
    { numRuns: 300 },
  )
})

it('what happens after an instant changes nothing of it, once all before it was heard', () => {
  fc.assert(
    fc.property(anyTurns, anyInstant, anyInstant, (turns, at, readAt) => {
      const until = turns.filter((turn) => turn <= at)
      const seen = { byChangelog: ALL, byWebhook: ALL }
      const then = past(until, { ...seen, readAt: Math.min(readAt, at) })
      expect(isLinked(past(turns, { ...seen, readAt }), at)).toBe(isLinked(then, at))
    }),
    { numRuns: 300 },
  )
})
