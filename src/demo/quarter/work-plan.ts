import type { EpochMs } from '../../domain/time.ts'
import type { Random } from '../jira-simulator/site/random.ts'
import { SURGE, STREAMS, type Stream } from './backlog.ts'
import { instantOn, type StoryDay } from './calendar.ts'

/** An issue as the quarter will treat it. */
export interface PlannedIssue {
  readonly stream: Stream
  readonly summary: string
  readonly points: number | null
  readonly synonyms: number | null
  /** The sprint it is planned in, from 0; a later one may finish it. */
  readonly sprint: number
  /** null: nobody gets to it. */
  readonly startAt: EpochMs | null
  readonly doneAt: EpochMs | null
}

export const SPRINTS = 6
const FIRST_SPRINT_WEEK = 41
const DAYS_OF_SPRINT = 10
const DAYS_OF_WEEK = 5
/** Wednesday of week 52: then the last sprint closes. */
const LAST_WORKING_DAY = 57

/** Of one story in five the sprint it is planned in is not the one that finishes it. */
const CARRIED_OVER = 0.2
/** Of what is left at the end, so much is in progress. */
const BEGUN_OF_LEFT = 2

/** Every issue of the quarter, dated from a seed by the weekly numbers of its stream. */
export function planWork(random: Random): { readonly known: PlannedIssue[]; readonly surge: PlannedIssue[] } {
  return {
    known: STREAMS.flatMap((stream) => issuesOf(stream, random)),
    surge: issuesOf(SURGE, random),
  }
}

/** Days on which a sprint, counted from 0, starts and is closed. */
export function sprintDays(sprint: number): { readonly start: StoryDay; readonly close: StoryDay } {
  const first = sprint * DAYS_OF_SPRINT
  return { start: dayAt(first), close: dayAt(Math.min(first + DAYS_OF_SPRINT - 1, LAST_WORKING_DAY)) }
}

function issuesOf(stream: Stream, random: Random): PlannedIssue[] {
  const doneDays = stream.deliveries.flatMap((count, week) => daysInWeek(week, count, random))
  const done = doneDays.map((day, index) => finished(stream, index, { day, random }))
  const left = stream.summaries.slice(done.length, done.length + stream.left).map((_, index) => {
    const startDay = index < BEGUN_OF_LEFT ? LAST_WORKING_DAY - DAYS_OF_WEEK : null
    return {
      ...sized(stream, done.length + index, random),
      sprint: SPRINTS - 1,
      startAt: startDay === null || stream === SURGE ? null : instantOn(dayAt(startDay), 11),
      doneAt: null,
    }
  })
  return [...done, ...left]
}

function finished(
  stream: Stream,
  index: number,
  { day, random }: { readonly day: number; readonly random: Random },
): PlannedIssue {
  const startDay = Math.max(0, day - random.between(1, 3))
  const sprint = Math.floor(day / DAYS_OF_SPRINT)
  const isLate = sprint > 0 && stream !== SURGE && random.next() < CARRIED_OVER
  return {
    ...sized(stream, index, random),
    sprint: isLate ? sprint - 1 : sprint,
    startAt: instantOn(dayAt(startDay), 9, random.between(30, 55)),
    doneAt: instantOn(dayAt(day), random.between(10, 15), random.between(0, 59)),
  }
}

function sized(stream: Stream, index: number, random: Random) {
  const amount = (range: readonly [number, number] | null) => range && random.between(...range)
  return {
    stream,
    summary: stream.summaries[index]!,
    points: amount(stream.points),
    synonyms: amount(stream.synonyms),
  }
}

/** So many working days of a week, counted from 0 for the first day of the first sprint, in order. */
function daysInWeek(week: number, count: number, random: Random): number[] {
  const days = Array.from({ length: DAYS_OF_WEEK }, (_, weekday) => week * DAYS_OF_WEEK + weekday)
  const open = random.shuffled(days.filter((day) => day <= LAST_WORKING_DAY))
  return Array.from({ length: count }, (_, index) => open[index % open.length]!).sort((a, b) => a - b)
}

function dayAt(workingDay: number): StoryDay {
  return {
    week: FIRST_SPRINT_WEEK + Math.floor(workingDay / DAYS_OF_WEEK),
    weekday: workingDay % DAYS_OF_WEEK,
  }
}
