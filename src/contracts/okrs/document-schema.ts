import { z } from 'zod'
import { usualCheckEveryDays } from '../../domain/kpis/kpi-health.ts'
import { cycleCreation } from '../api/cycle.ts'
import {
  initiativeKeyInput,
  issueIdOrKey,
  keyResultKeyInput,
  kpiKeyInput,
  lineOfText,
  linesOfText,
  objectiveKeyInput,
  siteId,
  teamKeyInput,
} from '../api/fields.ts'
import { keyResultCreation } from '../api/key-result.ts'
import { checkEveryDaysOrUsual } from '../api/kpi.ts'
import { band, period, valueOfPeriod } from '../api/measure.ts'
import { externalId, objectiveCreation } from '../api/objective.ts'
import { teamInput } from '../api/team.ts'
import { timeZone } from '../api/calendar.ts'

/** What a file of OKRs may hold: the properties of the API's creation bodies, each goal with its key. */

const owner = lineOfText(200).nullable().default(null).meta({ description: 'Who answers for it.' })

const initiative = z
  .strictObject({
    key: initiativeKeyInput,
    title: lineOfText(300).meta({ description: 'What people call it.' }),
    owner,
    issue: z
      .strictObject({ site: siteId, issue: issueIdOrKey })
      .nullable()
      .default(null)
      .meta({ description: 'The Jira issue whose work it is, usually an epic.' }),
  })
  .meta({ description: 'A body of work for a key result: output, not outcome.' })

const keyResult = keyResultCreation
  .omit({ objective: true })
  .extend({
    key: keyResultKeyInput,
    initiatives: z.array(initiative).max(200).default([]).meta({ description: 'Work undertaken for it.' }),
  })
  .meta({ description: 'A measurable result of the objective it stands under.' })

const objective = objectiveCreation
  .extend({
    key: objectiveKeyInput,
    keyResults: z
      .array(keyResult)
      .max(1_000)
      .default([])
      .meta({ description: 'What tells that it is reached.' }),
  })
  .meta({ description: 'A qualitative goal of a cycle.' })

const team = teamInput
  .extend({ key: teamKeyInput })
  .meta({ description: 'Who works on objectives, and how they want to be told.' })

const kpi = z
  .strictObject({
    key: kpiKeyInput,
    title: lineOfText(300).meta({ description: 'What people call it.' }),
    description: linesOfText(5_000).default('').meta({ description: 'What it says and why it matters.' }),
    owner,
    team: teamKeyInput.nullable().default(null).meta({ description: 'Whose it is.' }),
    unit: lineOfText(40).meta({ description: 'What its numbers count.' }),
    band,
    period: period.default('month'),
    valueOfPeriod: valueOfPeriod.default('latest'),
    timeZone: timeZone.default('UTC'),
    source: linesOfText(200).default('').meta({ description: 'Where its values come from, for people.' }),
    checkEveryDays: checkEveryDaysOrUsual,
    externalId: externalId.default(null),
  })
  .meta({ description: 'A health metric outside any objective.' })
  .transform((said) => ({
    ...said,
    checkEveryDays: said.checkEveryDays ?? usualCheckEveryDays(said.period),
  }))

export const okrDocument = z
  .strictObject({
    version: z.literal(1).meta({ description: 'The version of this format.' }),
    cycles: z.array(cycleCreation).max(100).default([]).meta({
      description:
        'Cycles the file speaks for as a whole: what a file made there and it no longer names is archived.',
    }),
    teams: z
      .array(team)
      .max(1_000)
      .default([])
      .meta({ description: 'Teams. One that is not in the file stays as it is.' }),
    objectives: z
      .array(objective)
      .max(20_000)
      .default([])
      .meta({ description: 'Objectives with their key results.' }),
    kpis: z
      .array(kpi)
      .max(5_000)
      .default([])
      .meta({ description: 'KPIs. One that is not in the file stays as it is.' }),
  })
  .meta({ title: 'Throughline OKRs', description: 'OKRs as code: `throughline apply okrs.yaml`.' })

/** The parts of a document, for those who write one. */
export const documentParts = { cycle: cycleCreation, team, objective, keyResult, initiative, kpi }
