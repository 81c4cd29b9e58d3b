import { describe, expect, it } from 'vitest'
import { discoverFields } from '../../src/app/discover-fields.ts'
import { JiraError, type JiraBoard, type JiraField } from '../../src/app/ports/jira.ts'
import type { BlockingType, CustomField, LinkType } from '../../src/domain/site.ts'

const SPRINT = 'com.pyxis.greenhopper.jira:gh-sprint'
const EPIC_LINK = 'com.pyxis.greenhopper.jira:gh-epic-link'
const STORY_POINTS = 'com.pyxis.greenhopper.jira:jsw-story-points'
const FLOAT = 'com.atlassian.jira.plugin.system.customfieldtypes:float'

const field = (id: number, name: string, schemaCustom: string | null): JiraField => ({
  id: `customfield_${id}`,
  name,
  schemaCustom,
})

const FIELDS: JiraField[] = [
  { id: 'summary', name: 'Summary', schemaCustom: null },
  field(10107, '冲刺', SPRINT),
  field(10014, 'Epic Link', EPIC_LINK),
  field(10016, 'Story point estimate', STORY_POINTS),
  field(10024, '故事点', FLOAT),
  field(9000, 'Points of the old team', FLOAT),
  field(10300, 'Story Points', FLOAT),
  field(10400, 'Key Result', 'com.atlassian.jira.plugin.system.customfieldtypes:textfield'),
]

type Estimation = CustomField | null | JiraError

/** A Jira whose boards estimate as listed. */
function siteOf(
  fields: readonly JiraField[],
  estimations: readonly Estimation[],
  { pageSize = 2, linkTypes = [] }: { pageSize?: number; linkTypes?: readonly LinkType[] } = {},
) {
  const asked: number[] = []
  const boards = estimations.map((_, id): JiraBoard => ({ id, name: `Board ${id}`, type: 'scrum' }))
  return {
    asked,
    fields: () => Promise.resolve(fields),
    linkTypes: () => Promise.resolve(linkTypes),
    async *boards() {
      for (let start = 0; start < boards.length; start += pageSize) {
        yield await Promise.resolve(boards.slice(start, start + pageSize))
      }
    },
    estimationField(boardId: number) {
      asked.push(boardId)
      const estimation = estimations[boardId]!
      return estimation instanceof JiraError ? Promise.reject(estimation) : Promise.resolve(estimation)
    },
  }
}

const points = (id: number, name = 'as the board calls it') => ({ id: `customfield_${id}`, name })
const discover = (site: ReturnType<typeof siteOf>, keyResultField: string | null = null) =>
  discoverFields(site, { keyResultField, blocks: null })

it('finds sprint and epic link by schema, whatever they are called', async () => {
  const { fields } = await discover(siteOf(FIELDS, []))
  expect(fields.sprint).toEqual({ id: 'customfield_10107', name: '冲刺' })
  expect(fields.epicLink).toEqual({ id: 'customfield_10014', name: 'Epic Link' })
  expect(fields.keyResult).toBeNull()
})

it('finds the flag among checkboxes by its name, and takes nothing else of that name for it', async () => {
  const checkboxes = 'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes'
  const flag = field(10021, 'Flagged', checkboxes)
  const others = [field(10500, 'Flagged', FLOAT), field(10501, 'Platforms', checkboxes)]
  expect((await discover(siteOf([...others, flag], []))).fields.flag).toEqual(points(10021, 'Flagged'))
  expect((await discover(siteOf(others, []))).fields.flag).toBeNull()
})

it('takes the fields boards estimate by, the most used first, under the names of the field list', async () => {
  const estimations = [points(9000), points(10024), null, points(10024), points(10016), points(10024)]
  const { fields, pointsFoundBy, boards } = await discover(siteOf(FIELDS, estimations))
  expect(fields.points).toEqual([
    { id: 'customfield_10024', name: '故事点' },
    { id: 'customfield_9000', name: 'Points of the old team' },
    { id: 'customfield_10016', name: 'Story point estimate' },
  ])
  expect(pointsFoundBy).toBe('boards')
  expect(boards).toEqual({ read: 6, refused: 0, truncated: false, unavailable: null })
})

it('keeps the name a board gives when the field list does not show the field', async () => {
  const { fields } = await discover(siteOf(FIELDS, [points(77777)]))
  expect(fields.points).toEqual([points(77777)])
})

it('falls back to the schema of story points, and to their name only when there is no schema', async () => {
  const bySchema = await discover(siteOf(FIELDS, [null]))
  expect([bySchema.pointsFoundBy, bySchema.fields.points]).toEqual([
    'schema',
    [{ id: 'customfield_10016', name: 'Story point estimate' }],
  ])
  const byName = await discover(
    siteOf(
      FIELDS.filter(({ schemaCustom }) => schemaCustom !== STORY_POINTS),
      [],
    ),
  )
  expect([byName.pointsFoundBy, byName.fields.points]).toEqual([
    'name',
    [{ id: 'customfield_10300', name: 'Story Points' }],
  ])
  const none = await discover(siteOf([], []))
  expect([none.pointsFoundBy, none.fields.points]).toEqual(['nothing', []])
})

it.each([
  [null, { kind: 'not_configured' }],
  ['customfield_10400', { kind: 'found', field: { id: 'customfield_10400', name: 'Key Result' } }],
  [' key result ', { kind: 'found', field: { id: 'customfield_10400', name: 'Key Result' } }],
  ['OKR', { kind: 'missing', wanted: 'OKR' }],
])('looks for the KR field %j by id or name', async (wanted, finding) => {
  const found = await discover(siteOf(FIELDS, []), wanted)
  expect(found.keyResultField).toEqual(finding)
  expect(found.fields.keyResult).toEqual('field' in finding ? finding.field : null)
})

it('does not guess between two fields of one name', async () => {
  const twins = [field(2, 'OKR', null), field(1, 'okr', null)]
  const found = await discover(siteOf(twins, []), 'OKR')
  expect(found.keyResultField).toEqual({
    kind: 'ambiguous',
    wanted: 'OKR',
    candidates: [
      { id: 'customfield_1', name: 'okr' },
      { id: 'customfield_2', name: 'OKR' },
    ],
  })
  expect(found.fields.keyResult).toBeNull()
})

it('passes over a board it may not see, and counts it', async () => {
  const site = siteOf(FIELDS, [
    new JiraError('forbidden', 'no'),
    points(10024),
    new JiraError('not_found', 'no'),
  ])
  const { fields, boards } = await discover(site)
  expect(fields.points.map(({ id }) => id)).toEqual(['customfield_10024'])
  expect(boards).toMatchObject({ read: 1, refused: 2 })
})

it('stops asking boards at the first 401', async () => {
  const site = siteOf(FIELDS, [
    points(10024),
    new JiraError('unauthorized', 'scope missing'),
    null,
    null,
    null,
  ])
  const { boards, pointsFoundBy } = await discover(site)
  expect(site.asked).toEqual([0, 1])
  expect(boards.unavailable).toBe('scope missing')
  expect(pointsFoundBy).toBe('schema')
})

describe('the type of links that block', () => {
  const type = (id: number, name: string, inward: string) => ({ id: String(id), name, inward })
  const found = async (...linkTypes: LinkType[]) =>
    (await discover(siteOf(FIELDS, [], { linkTypes }))).fields.blocks?.id ?? null

  it('is the one of Jira’s name, else the one that says so', async () => {
    const own = type(7, 'Waits', 'is blocked by')
    expect(await found(own, type(10000, 'Blocks', 'hält auf'), type(1, 'Relates', 'relates to'))).toBe(
      '10000',
    )
    expect(await found(type(1, 'Relates', 'relates to'), own)).toBe('7')
    expect(await found(type(1, 'Relates', 'relates to'))).toBeNull()
  })

  describe('once it was found', () => {
    const known: BlockingType = { ...type(10000, 'Blocks', 'is blocked by'), otherNames: [] }
    const again = async (blocks: BlockingType, ...linkTypes: LinkType[]) =>
      (await discoverFields(siteOf(FIELDS, [], { linkTypes }), { keyResultField: null, blocks })).fields
        .blocks

    it('stays the one of its id, whatever it and others are called', async () => {
      const renamed = type(10000, 'Holds up', 'Waits for')
      expect(await again(known, type(7, 'Blocks', 'is stopped by'), renamed)).toEqual({
        ...renamed,
        otherNames: ['is blocked by'],
      })
    })

    it('is known by its earlier names too, but for those that another has now', async () => {
      const earlier = { ...type(10000, 'Holds up', 'Waits for'), otherNames: ['is blocked by'] }
      const now = type(10000, 'Stops', 'is stopped by')
      expect((await again(earlier, now))?.otherNames).toEqual(['is blocked by', 'waits for'])
      const other = type(7, 'Blocks', 'Is blocked by')
      expect((await again(earlier, now, other))?.otherNames).toEqual(['waits for'])
    })

    it('is looked for again when the site has it no more', async () => {
      expect((await again(known, type(7, 'Blocks', 'is blocked by')))?.id).toBe('7')
      expect(await again(known, type(1, 'Relates', 'relates to'))).toBeNull()
    })

    it('stays when Jira does not let us look', async () => {
      for (const failure of ['not_found', 'forbidden', 'unauthorized'] as const) {
        const refusing = {
          ...siteOf(FIELDS, []),
          linkTypes: () => Promise.reject(new JiraError(failure, failure)),
        }
        const { fields } = await discoverFields(refusing, { keyResultField: null, blocks: known })
        expect(fields.blocks).toEqual(known)
      }
    })
  })

  it('is unknown where Jira does not show it, and an outage is an error', async () => {
    const failing = (failure: 'not_found' | 'forbidden' | 'unavailable') => ({
      ...siteOf(FIELDS, []),
      linkTypes: () => Promise.reject(new JiraError(failure, failure)),
    })
    expect((await discover(failing('not_found'))).fields.blocks).toBeNull()
    expect((await discover(failing('forbidden'))).fields.blocks).toBeNull()
    await expect(discover(failing('unavailable'))).rejects.toMatchObject({ failure: 'unavailable' })
  })
})

it('takes a Jira without boards for an answer, and an outage for an error', async () => {
  const listing = (failure: 'not_found' | 'unavailable') => ({
    ...siteOf(FIELDS, []),
    boards: () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new JiraError(failure, failure)) }),
    }),
  })
  expect((await discover(listing('not_found') as never)).boards.unavailable).toBe('not_found')
  await expect(discover(listing('unavailable') as never)).rejects.toMatchObject({ failure: 'unavailable' })
})

it('looks at some hundred boards at most, and says so', async () => {
  const site = siteOf(FIELDS, Array<Estimation>(700).fill(points(10024)), { pageSize: 50 })
  const { boards } = await discover(site)
  expect(boards).toEqual({ read: 500, refused: 0, truncated: true, unavailable: null })
  expect(site.asked).toHaveLength(500)
})
