import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addCheckIn } from '../../src/app/goals/add-check-in.ts'
import { remindTeams } from '../../src/app/check-ins/remind-teams.ts'
import type { KeyResultKey, TeamKey } from '../../src/domain/ids.ts'
import type { Team } from '../../src/domain/team.ts'
import { NPS } from '../support/check-ins.ts'
import { BERLIN } from '../support/digests.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { startTestService, type TestService } from '../support/service.ts'

const NPS_KEY = 'KR-1' as KeyResultKey
const at = (text: string) => Date.parse(text)

/** Asked on Wednesdays; the 18th of November is a holiday. */
const TEAM: Team = { ...BERLIN, notify: 'each', checkIns: { everyWeeks: 1, weekday: 3 } }

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { [NPS_KEY]: NPS, 'KR-2': BY_COUNT } })
  await save(TEAM)
  await service.store.query('update objectives set team = $1', [TEAM.key])
})
afterEach(() => service.stop())

const save = (team: Team) => service.database.records.goals.saveTeam(team)

/** The reminders that were told, after sweeps at these times. */
async function remindersAfter(...times: string[]) {
  for (const time of times) {
    service.setNow(at(time))
    await service.work.sweep()
  }
  const entries = await service.database.records.feed.after(0, 500)
  return entries
    .filter(({ kind }) => kind === 'check_ins.due')
    .map(({ subject, at: when, data }) => ({ subject, at: new Date(when).toISOString(), data }))
}
const daysAfter = async (...times: string[]) =>
  (await remindersAfter(...times)).map(({ data }) => data['day'])

describe('a reminder', () => {
  it('is told when the cadence day begins in the team’s zone, once, with what is asked', async () => {
    expect(await remindersAfter('2026-10-06T21:59:59.999Z')).toEqual([])
    const told = {
      subject: 'search',
      at: '2026-10-06T22:00:00.000Z',
      data: {
        title: 'Search',
        day: '2026-10-07',
        checkIns: [
          {
            keyResult: 'KR-1',
            title: 'Key result KR-1',
            owner: null,
            sinceDay: '2026-10-07',
            asked: ['value', 'confidence'],
          },
          {
            keyResult: 'KR-2',
            title: 'Key result KR-2',
            owner: null,
            sinceDay: '2026-10-07',
            asked: ['confidence'],
          },
        ],
      },
    }
    expect(await remindersAfter('2026-10-06T22:00:00Z')).toMatchObject([told])
    expect(await remindersAfter('2026-10-06T22:00:01Z', '2026-10-08T10:00:00Z')).toHaveLength(1)
  })

  it('comes on every cadence day exactly once, over the end of summer time and a holiday', async () => {
    const hour = 3_600_000
    for (let now = at('2026-10-19T12:00:00Z'); now <= at('2026-11-20T12:00:00Z'); now += hour) {
      service.setNow(now)
      await remindTeams(service)
    }
    expect(await daysAfter()).toEqual([
      '2026-10-14',
      '2026-10-21',
      '2026-10-28',
      '2026-11-04',
      '2026-11-11',
      '2026-11-19',
    ])
  })

  it('every other week goes by the week of the cycle’s start', async () => {
    await save({ ...TEAM, checkIns: { everyWeeks: 2, weekday: 3 } })
    const days = ['2026-10-07', '2026-10-14', '2026-10-21', '2026-10-28', '2026-11-04', '2026-11-11']
    expect(await daysAfter(...days.map((day) => `${day}T08:00:00Z`))).toEqual([
      '2026-10-14',
      '2026-10-28',
      '2026-11-11',
    ])
  })

  it('names only what nobody has spoken about since, and says nothing when that is nothing', async () => {
    const say = (key: string) =>
      addCheckIn(
        { ...service, actor: 'api' },
        {
          key: key as KeyResultKey,
          at: null,
          value: null,
          confidence: 7,
          note: '',
          author: 'Ada',
          source: 'person',
          idempotencyKey: null,
        },
      )
    service.setNow(at('2026-10-07T08:00:00Z'))
    await say('KR-1')
    const [told] = await remindersAfter('2026-10-07T08:00:01Z')
    expect(told?.data).toMatchObject({ checkIns: [{ keyResult: 'KR-2' }] })
    service.setNow(at('2026-10-14T08:00:00Z'))
    await say('KR-1')
    await say('KR-2')
    expect(await daysAfter('2026-10-14T08:00:01Z', '2026-10-15T08:00:00Z')).toEqual(['2026-10-07'])
  })

  it('that an outage swallowed is told late, the last one alone', async () => {
    await remindersAfter('2026-10-07T08:00:00Z')
    expect(await daysAfter('2026-10-23T08:00:00Z', '2026-10-23T08:00:01Z')).toEqual([
      '2026-10-07',
      '2026-10-21',
    ])
  })

  it('ends with the cycle', async () => {
    await service.store.query('update cycles set closed_at = now()')
    expect(await daysAfter('2026-10-07T08:00:00Z')).toEqual([])
    await service.store.query('update cycles set closed_at = null')
    expect(await daysAfter('2026-12-30T08:00:00Z', '2027-01-06T08:00:00Z', '2027-01-13T08:00:00Z')).toEqual([
      '2026-12-30',
    ])
  })

  it('reaches a team also when the one before it fails', async () => {
    const broken = { ...TEAM.calendar, timeZone: 'Nowhere/None' }
    await save({ ...TEAM, key: 'a-first' as TeamKey, calendar: broken })
    await service.store.query(`insert into objectives (key, cycle, title, level, ambition, team)
      select 'O-900', cycle, title, level, ambition, 'a-first' from objectives limit 1`)
    expect(await daysAfter('2026-10-07T08:00:00Z')).toEqual(['2026-10-07'])
  })
})

describe('a kill', () => {
  it('between the note and the telling loses nothing and doubles nothing', async () => {
    await service.store.query(`create function die() returns trigger language plpgsql as
      $$ begin raise exception 'killed'; end $$`)
    await service.store.query('create trigger die before insert on feed execute function die()')
    expect(await daysAfter('2026-10-07T08:00:00Z')).toEqual([])
    expect(await service.store.query('select 1 from check_in_reminders')).toEqual([])
    await service.store.query('drop trigger die on feed')
    expect(await daysAfter('2026-10-07T08:00:01Z', '2026-10-07T08:00:02Z')).toEqual(['2026-10-07'])
  })

  it('is not needed for three processes to remind once', async () => {
    service.setNow(at('2026-10-07T08:00:00Z'))
    await Promise.all([remindTeams(service), remindTeams(service), remindTeams(service)])
    expect(await daysAfter('2026-10-07T08:00:01Z')).toEqual(['2026-10-07'])
  })
})

describe('a team’s digest', () => {
  it('lists the check-ins that were asked for that day and is sent for them alone, once', async () => {
    await save({ ...TEAM, notify: 'digest' })
    await remindersAfter('2026-10-06T15:30:00Z', '2026-10-07T15:30:00Z', '2026-10-08T15:30:00Z')
    const digests = (await service.database.records.feed.after(0, 500)).filter(
      ({ kind }) => kind === 'team.digest',
    )
    expect(digests).toMatchObject([
      {
        data: {
          day: '2026-10-07',
          moved: [],
          checkIns: [
            { key: 'KR-1', asked: ['value', 'confidence'], sinceDay: '2026-10-07' },
            { key: 'KR-2', asked: ['confidence'] },
          ],
        },
      },
    ])
  })
})
