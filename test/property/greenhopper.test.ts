import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseGreenhopperSprint } from '../../src/contracts/jira/sprint.ts'
import { storableText } from '../../src/contracts/jira/text.ts'
import type { Sprint } from '../../src/domain/mirror/facts.ts'

/** `,goal=` inside a name: nobody can tell it from the key that follows the name. */
const AMBIGUOUS = /,[A-Za-z]+=/

/** Names and goals as people write them; `<null>` is Jira's own word for none. */
const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          ...[',', '=', '[', ']', '\n', ' ', '🌍', '目标', 'id', 'name=', 'goal', '\0', '\ud800'],
        ),
      )
      .map((parts) => parts.join('')),
  )
  .filter((text) => storableText(text) !== '<null>' && !AMBIGUOUS.test(storableText(text)))

const anyDate = fc.option(fc.integer({ min: 0, max: Date.UTC(2100, 0) }))
const anySprint: fc.Arbitrary<Sprint> = fc.record({
  sprintId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  name: anyText,
  state: fc.constantFrom('future', 'active', 'closed'),
  startAt: anyDate,
  endAt: anyDate,
  completeAt: anyDate,
  goal: anyText,
  boardId: fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
})

/** As Jira's own class prints itself. */
function printed(sprint: Sprint): string[] {
  const date = (at: number | null) => (at === null ? '<null>' : new Date(at).toISOString())
  return [
    `id=${sprint.sprintId}`,
    `rapidViewId=${sprint.boardId ?? '<null>'}`,
    `state=${sprint.state.toUpperCase()}`,
    `name=${sprint.name}`,
    `startDate=${date(sprint.startAt)}`,
    `endDate=${date(sprint.endAt)}`,
    `completeDate=${date(sprint.completeAt)}`,
    `activatedDate=${date(sprint.startAt)}`,
    `sequence=${sprint.sprintId}`,
    `goal=${sprint.goal}`,
    'synced=false',
    'autoStartStop=false',
    'incompleteIssuesDestinationId=<null>',
  ]
}

const wrapped = (attributes: readonly string[]) =>
  `com.atlassian.greenhopper.service.sprint.Sprint@519c6abe[${attributes.join(',')}]`

it('reads every sprint that Jira prints, whatever its name and goal, with its keys in any order', () => {
  const anyPrint = anySprint.chain((sprint) =>
    fc.record({
      sprint: fc.constant(sprint),
      attributes: fc.shuffledSubarray(printed(sprint), { minLength: printed(sprint).length }),
    }),
  )
  fc.assert(
    fc.property(anyPrint, ({ sprint, attributes }) => {
      const storable = { ...sprint, name: storableText(sprint.name), goal: storableText(sprint.goal) }
      expect(parseGreenhopperSprint(wrapped(attributes))).toEqual(storable)
    }),
    { numRuns: 1_000 },
  )
})

it('reads a sprint without what older Jira does not print', () => {
  expect(parseGreenhopperSprint(wrapped(['id=7', 'state=FUTURE', 'name=Next, please']))).toEqual({
    sprintId: 7,
    name: 'Next, please',
    state: 'future',
    startAt: null,
    endAt: null,
    completeAt: null,
    goal: '',
    boardId: null,
  })
})

it('knows which sprint it is in Server’s order, also where a name looks like keys', () => {
  const name = 'Sprint 7,id=8,state=CLOSED,rapidViewId=9'
  expect(
    parseGreenhopperSprint(wrapped(['id=7', 'rapidViewId=1', 'state=ACTIVE', `name=${name}`])),
  ).toMatchObject({
    sprintId: 7,
    boardId: 1,
    state: 'active',
  })
})

it('takes any other text for no sprint and never throws', () => {
  const anyBody = fc.oneof(
    fc.string(),
    fc.string().map((body) => wrapped([body])),
    fc.string().map((text) => `id=${text}`),
  )
  fc.assert(
    fc.property(anyBody, (text) => {
      fc.pre(!/id=\s*\d/.test(text))
      expect(parseGreenhopperSprint(text)).toBeNull()
    }),
  )
  for (const id of ['', '<null>', '0', '-7', '7.5', '0x7', '7e1', '99999999999999999999', 'true', ' 7'])
    expect(parseGreenhopperSprint(wrapped([`id=${id}`, 'state=ACTIVE']))).toBeNull()
})
