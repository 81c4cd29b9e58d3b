import { describe, expect, it } from 'vitest'
import { readPoints, textValues } from '../../src/contracts/jira/issue.ts'
import { statusCategory } from '../../src/contracts/jira/status-category.ts'
import { jiraSprint, looksLikeSprints } from '../../src/contracts/jira/sprint.ts'
import { jiraId, jiraInstant, storableText } from '../../src/contracts/jira/text.ts'

describe('a date-time', () => {
  it.each([
    ['2020-06-12T08:13:13.360+0800', '2020-06-12T00:13:13.360Z'],
    ['2020-06-12T00:38:51.882Z', '2020-06-12T00:38:51.882Z'],
    ['2016-04-28T05:08:48.543-07:00', '2016-04-28T12:08:48.543Z'],
    ['2020-06-12T08:13+08:00', '2020-06-12T00:13:00.000Z'],
    ['1970-01-01T00:00:00.000+0000', '1970-01-01T00:00:00.000Z'],
  ])('is read as Jira writes it: %s', (text, instant) => {
    expect(new Date(jiraInstant.parse(text)).toISOString()).toBe(instant)
  })

  it.each([
    ['words that a lenient parser takes for a date', 'Sprint 3'],
    ['a date without a time', '2020-06-12'],
    ['a time that does not say where', '2020-06-12T08:13:13.360'],
    ['a date in somebody’s own format', '14/Apr/20 10:00 AM'],
    ['a day that does not exist', '2020-13-40T00:00:00.000Z'],
    ['a year that no database holds', '+275760-09-13T00:00:00.000Z'],
    ['a year before there were computers', '0000-01-01T00:00:00.000Z'],
    ['nothing', ''],
    ['Jira’s word for none', '<null>'],
  ])('is not %s', (_case, text) => {
    expect(jiraInstant.safeParse(text).success).toBe(false)
  })
})

describe('an id', () => {
  it('is text, whether Jira sends a number or text', () => {
    expect([jiraId.parse('10001'), jiraId.parse(10601)]).toEqual(['10001', '10601'])
  })

  it.each([[''], ['\0'], [null], [1.5], [true], [Number.POSITIVE_INFINITY], [['7']], [{}]])(
    'is not %j',
    (value) => {
      expect(jiraId.safeParse(value).success).toBe(false)
    },
  )
})

it('keeps every character of a text that a database can hold', () => {
  expect(storableText('\u200b完成 🌍\t\r\n')).toBe('\u200b完成 🌍\t\r\n')
  expect(storableText('a\0b\ud83d')).toBe('ab\ufffd')
})

describe('a size', () => {
  it.each([
    [3, 3],
    [0, 0],
    [0.5, 0.5],
    ['2.0', 2],
    [' 13 ', 13],
    [1e9, 1e9],
  ])('is read from %j', (value, points) => {
    expect(readPoints(value)).toBe(points)
  })

  it.each([
    [-1],
    ['-1'],
    [''],
    [' '],
    ['three'],
    ['1e400'],
    [Number.POSITIVE_INFINITY],
    [1e308],
    [null],
    [[5]],
    [true],
    [{}],
  ])('is no estimate: %j', (value) => {
    expect(readPoints(value)).toBeNull()
  })
})

describe('the values of a KR field', () => {
  it.each([
    ['text', 'KR-1', ['KR-1']],
    ['several in one text', 'KR-2, KR-1;KR-3\nKR-4', ['KR-1', 'KR-2', 'KR-3', 'KR-4']],
    ['a select', { id: '1', value: 'KR-1' }, ['KR-1']],
    ['a multi select', [{ value: 'KR-2' }, { value: 'KR-1' }], ['KR-1', 'KR-2']],
    ['labels', ['KR-2', 'KR-1', 'KR-2'], ['KR-1', 'KR-2']],
    ['an option that says more than the key', { value: 'KR-1 Pay faster' }, ['KR-1', 'Pay', 'faster']],
    ['nothing', null, []],
    ['a number', 12, []],
    ['something else', [{ name: 'KR-1' }, [], null], []],
  ])('are read from %s', (_case, value, texts) => {
    expect(textValues(value)).toEqual(texts)
  })
})

describe('a status category', () => {
  it.each([
    [{ key: 'new', id: 2 }, 'new'],
    [{ key: 'indeterminate', id: 4 }, 'indeterminate'],
    [{ key: 'done', id: 3 }, 'done'],
    [{ key: 'new', id: 3 }, 'done'],
    [{ key: 'done' }, 'done'],
    [{ key: 'indeterminate', id: 77 }, 'indeterminate'],
    [{ key: 'completed', id: 3 }, 'done'],
    [{ key: 'in-flight', id: 4 }, 'indeterminate'],
    [{ id: 3 }, 'done'],
    [{ key: 'undefined', id: 1 }, 'new'],
    [{}, 'new'],
    [undefined, null],
  ])('of %j is %s', (category, read) => {
    expect(statusCategory(category)).toBe(read)
  })
})

describe('a sprint', () => {
  it('has a state in any spelling, and one nobody knows has not started', () => {
    const states = ['active', 'CLOSED', 'Future', 'paused'].map(
      (state) => jiraSprint.parse({ id: 1, state }).state,
    )
    expect(states).toEqual(['active', 'closed', 'future', 'future'])
  })

  it('belongs to the board it came from, else to the one it is seen on', () => {
    const boards = [
      { originBoardId: 1, boardId: 2 },
      { boardId: 2, rapidViewId: '3' },
      { rapidViewId: '3' },
      {},
    ]
    expect(boards.map((board) => jiraSprint.parse({ id: 1, state: 'active', ...board }).boardId)).toEqual([
      1,
      2,
      3,
      null,
    ])
  })

  it('is not thrown away for a date that says nothing', () => {
    const sprint = { id: 1, state: 'active', startDate: 'tomorrow', endDate: null, goal: 7 }
    expect(jiraSprint.parse(sprint)).toMatchObject({ startAt: null, endAt: null, goal: '' })
  })

  it('is known by its shape where the site’s Sprint field is not known yet', () => {
    expect(looksLikeSprints([{ id: 1, boardId: 2, state: 'active' }])).toBe(true)
    expect(looksLikeSprints(['com.atlassian.greenhopper.service.sprint.Sprint@a0f[id=1,state=ACTIVE]'])).toBe(
      true,
    )
    for (const other of [
      [],
      ['Sprint 1'],
      [null],
      [{ id: 1, state: 'x' }],
      'text',
      null,
      [{ id: 1, boardId: 2, state: 'x' }, 7],
    ])
      expect(looksLikeSprints(other)).toBe(false)
  })
})
