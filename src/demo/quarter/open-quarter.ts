import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { lintResponse } from '../../contracts/api/lint.ts'
import { keyResultWritten } from '../../contracts/api/key-result.ts'
import { okrDocument } from '../../contracts/okrs/document-schema.ts'
import { okrPlanResponse } from '../../contracts/okrs/plan-response.ts'
import { DEFAULT_POLICY } from '../../domain/health/health-policy.ts'
import type { RunningService } from '../demo-service.ts'
import { goalsTold } from './goals-told.ts'

const DOCUMENT = new URL('okrs.yaml', import.meta.url)

/** A first draft, as people write it. */
const DRAFT = {
  objective: 'O-2',
  title: 'Improve the rating of our app',
  owner: 'Jonas Weber',
  intendedSharePercent: 15,
  measure: { kind: 'metric', unit: 'stars', baseline: 3.9, target: 4.4 },
}
const REWRITTEN = { title: 'Raise the rating of our app from 3.9 to 4.4 stars' }

/** A survey comes once a month: silence of four weeks is no silence. */
const SURVEY_DAYS = 40

/** Reads the goals critically, applies them as code, and writes one more by hand, with the hints that come back. */
export async function openQuarter({ call }: RunningService, print: (line: string) => void): Promise<void> {
  const document = parse(readFileSync(DOCUMENT, 'utf8')) as { readonly objectives: readonly object[] }
  print(
    '\nA web shop plays its fourth quarter of 2026: two teams, six sprints each. Its goals, from okrs.yaml:',
  )
  for (const line of goalsTold(okrDocument.parse(document))) print(line)

  const { findings } = lintResponse.parse(
    await call('POST', '/api/v1/lint', { objectives: document.objectives }),
  )
  print('\nokrs.yaml, read critically (nothing is ever refused for it):')
  for (const { severity, objectiveKey, keyResultKey, rule, message } of findings) {
    if (severity === 'hint') print(`  ${keyResultKey ?? objectiveKey ?? ''}  ${rule}: ${message}`)
  }
  const { method, paceRatio, gapPoints, probability, grace, hysteresis } = DEFAULT_POLICY
  await call('PUT', '/api/v1/health-policies/monthly-survey', {
    method,
    paceRatio,
    gapPoints,
    probability,
    grace,
    hysteresis,
    staleAfterDays: SURVEY_DAYS,
  })
  const plan = okrPlanResponse.parse(await call('POST', '/api/v1/okrs/plan', document))
  const applied = okrPlanResponse.parse(
    await call('POST', `/api/v1/okrs/apply?plan=${plan.fingerprint}`, document),
  )
  const again = okrPlanResponse.parse(await call('POST', '/api/v1/okrs/plan', document))
  print(`Applied: ${applied.changes.length} goals. Applied again it would change ${again.changes.length}.`)

  const draft = keyResultWritten.parse(await call('POST', '/api/v1/key-results', DRAFT))
  print(`\nOne more, by hand: ${draft.key} “${draft.title}”`)
  for (const { rule, message, suggestion } of draft.hints ?? []) {
    print(`  ${rule}: ${message}\n    → ${suggestion}`)
  }
  const path = `/api/v1/key-results/${draft.key}`
  const better = keyResultWritten.parse(await call('PATCH', path, REWRITTEN))
  print(`  Rewritten: “${better.title}”. ${better.hints === undefined ? 'No hint is left.' : ''}`.trimEnd())
}
