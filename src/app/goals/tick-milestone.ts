import type { KeyResultKey } from '../../domain/ids.ts'
import type { MilestonesMeasure, MilestoneStep } from '../../domain/measures/measure.ts'
import {
  percentReached,
  standingSteps,
  stepDeliveriesAt,
  type StandingStep,
} from '../../domain/measures/milestones.ts'
import type { EpochMs } from '../../domain/time.ts'
import { inTheWordsOf } from '../../domain/authorship.ts'
import { ThroughlineError } from '../errors.ts'
import type { Records } from '../ports/records.ts'
import { stepSpells } from '../step-spells.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findLiveKeyResult } from './find-goals.ts'
import { movementOf } from './key-result-movements.ts'
import { problemOfDate, requireNoProblems, saidAt } from './reported-values.ts'

export interface WordOnStep {
  readonly key: KeyResultKey
  /** Its title, or its number counted from 1. */
  readonly step: string
  readonly isDone: boolean
  /** When it was so; null: now. */
  readonly at: EpochMs | null
  readonly note: string
  readonly author: string
}

/** A step after a word on it, and how far up the ladder is. */
export interface WordedStep {
  readonly keyResult: KeyResultKey
  /** Counted from 1. */
  readonly number: number
  readonly step: StandingStep
  readonly reachedPercent: number
}

/**
 * Says that a step of a ladder is done, or is not. Saying what holds already changes nothing. Throws
 * `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, `OKR_STEP_NOT_FOUND`, `OKR_INPUT_INVALID` for a date to come, and
 * `OKR_CHECK_IN_NOT_POSSIBLE` for a key result without steps and for a step that a Jira issue ticks.
 */
export function tickMilestone(deps: ChangeDeps, word: WordOnStep): Promise<WordedStep> {
  const { key, isDone, note, author } = word
  return changeGoals(inTheWordsOf(deps, { by: author, reason: note }), async (records, now) => {
    const { keyResult } = await findLiveKeyResult(records, key)
    const { measure } = keyResult
    if (measure.kind !== 'milestones') throw hasNoSteps(key, measure.kind)
    const index = indexOfStep(measure, word.step)
    const step = measure.steps[index]
    if (step === undefined) throw noSuchStep(word, measure)
    if (step.issue !== null) throw await followsIssue(records, key, step)
    requireNoProblems([problemOfDate(word.at, now, 'at')], 'The step cannot be ticked')
    const at = saidAt(word.at, now)

    const before = await ladderAt(records, key, measure, now)
    const standing = (ladder: readonly StandingStep[]): WordedStep => ({
      keyResult: key,
      number: index + 1,
      step: ladder[index]!,
      reachedPercent: percentReached(ladder),
    })
    const { doneAt } = before[index]!
    const holdsAlready = isDone === (doneAt !== null) && (word.at === null || at === doneAt) && note === ''
    if (holdsAlready) return { result: standing(before), record: null }
    const tick = { keyResult: key, step: step.title, at, isDone, note, author }
    await records.goals.addMilestoneTick(tick)
    const after = await ladderAt(records, key, measure, now)
    return {
      result: standing(after),
      record: {
        action: isDone ? 'milestone.tick' : 'milestone.untick',
        subject: key,
        before: before[index],
        after: { ...after[index], at, note, author },
        feed: { kind: 'milestone.ticked', data: { step: step.title, isDone, author } },
      },
      movements: [
        movementOf(key, 'checked_in', at, { before: percentReached(before), after: percentReached(after) }),
      ],
      dirty: [{ keyResult: key, relink: false }],
    }
  })
}

async function ladderAt(records: Records, key: KeyResultKey, measure: MilestonesMeasure, now: EpochMs) {
  const ticks = await records.goals.milestoneTicks(key, now)
  return standingSteps(measure, ticks, stepDeliveriesAt(await stepSpells(records, measure), now))
}

/** By title first: a step may be called 2. */
function indexOfStep({ steps }: MilestonesMeasure, named: string): number {
  const title = named.trim()
  const exact = steps.findIndex((step) => step.title === title)
  if (exact >= 0) return exact
  const alike = steps.findIndex((step) => step.title.toLowerCase() === title.toLowerCase())
  if (alike >= 0) return alike
  return /^[1-9]\d{0,2}$/.test(title) ? Number(title) - 1 : -1
}

function hasNoSteps(key: KeyResultKey, kind: string): ThroughlineError {
  return new ThroughlineError(
    'OKR_CHECK_IN_NOT_POSSIBLE',
    `${key} has no steps: its measure is ${kind}, not milestones.`,
  )
}

function noSuchStep({ key, step }: WordOnStep, { steps }: MilestonesMeasure): ThroughlineError {
  const known = steps.map(({ title }, index) => `${index + 1} ${title}`).join(', ')
  return new ThroughlineError(
    'OKR_STEP_NOT_FOUND',
    `${key} has no step “${step}”. Give the title or the number of one of these: ${known}.`,
  )
}

async function followsIssue(
  { mirror }: Records,
  key: KeyResultKey,
  { title, issue }: MilestoneStep,
): Promise<ThroughlineError> {
  const [found] = issue === null ? [] : await mirror.histories(issue.siteId, [issue.issueId])
  const name = found?.current.key ?? `the issue ${issue?.issueId ?? ''}`
  return new ThroughlineError(
    'OKR_CHECK_IN_NOT_POSSIBLE',
    `Step “${title}” of ${key} is ticked when ${name} is delivered in Jira. Close that issue, or take it off the step ` +
      'to tick it by hand.',
  )
}
