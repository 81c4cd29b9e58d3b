import { describe, expect, it } from 'vitest'
import { generateSite } from '../../src/demo/jira-simulator/loading/generated-site.ts'
import { historyAsWebhooks } from '../../src/demo/jira-simulator/loading/history-as-webhooks.ts'
import {
  outlineOf,
  type JiraHistory,
  type StoredIssue,
} from '../../src/demo/jira-simulator/site/jira-history.ts'
import { valuesAfter, valuesOverTime } from '../../src/demo/jira-simulator/site/field-values.ts'
import { PLAIN_STATUS } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { fieldsOf, readingOf } from '../support/jira-readings.ts'

const OPTIONS = { seed: 11, projects: 3, issues: 400, sprints: 5 }

function issuesOf({ issues }: JiraHistory): StoredIssue[] {
  return Array.from({ length: issues.count }, (_, position) => issues.at(position))
}

describe('a generated site', () => {
  const site = generateSite(OPTIONS)
  const issues = issuesOf(site)
  const meaning = { fieldIds: site.site.fieldIds, fields: site.fields }

  it('is the same for the same seed and another for another', () => {
    expect(issuesOf(generateSite(OPTIONS))).toEqual(issues)
    expect(issuesOf(generateSite({ ...OPTIONS, seed: 12 }))).not.toEqual(issues)
  })

  it('finds each issue by id and key, and outlines it without building it', () => {
    for (const [position, issue] of issues.entries()) {
      expect(site.issues.find(issue.id)).toBe(position)
      expect(site.issues.find(issue.values.key)).toBe(position)
      expect(site.issues.outline(position)).toEqual(outlineOf(issue))
    }
    for (const stranger of ['P1-0', 'P4-1', 'P1-9999', '100000', '100401', 'EE-1', '1e5']) {
      expect([stranger, site.issues.find(stranger)]).toEqual([stranger, undefined])
    }
  })

  it('orders issues by creation, each followed by its own histories in order', () => {
    let previous = 0
    for (const { createdAt, histories } of issues) {
      expect(createdAt).toBeGreaterThanOrEqual(previous)
      previous = createdAt
      const instants = [createdAt, ...histories.map(({ at }) => at)]
      expect(instants).toEqual([...instants].sort((a, b) => a - b))
      const ids = histories.map(({ id }) => Number(id))
      expect(ids).toEqual([...ids].sort((a, b) => a - b))
    }
    expect(new Set(issues.flatMap(({ histories }) => histories.map(({ id }) => id))).size).toBe(
      issues.flatMap(({ histories }) => histories).length,
    )
  })

  it('tells histories that lead to the values it shows', () => {
    for (const issue of issues) {
      const [born] = valuesOverTime(issue, meaning)
      expect(born).toMatchObject({ statusId: PLAIN_STATUS.toDo, resolutionId: null, sprintIds: [] })
      expect(valuesAfter(born!, issue, meaning)).toEqual(issue.values)
    }
  })

  it('has the variety a benchmark needs', () => {
    const share = (holds: (issue: StoredIssue) => boolean) => issues.filter(holds).length / issues.length
    expect(share(({ values }) => values.labels.length > 0)).toBeCloseTo(0.3, 1)
    expect(share(({ values }) => values.statusId === PLAIN_STATUS.done)).toBeGreaterThan(0.5)
    expect(share(({ values }) => values.sprintIds.length === 2)).toBeGreaterThan(0.1)
    expect(share(({ values }) => values.parentId !== null)).toBeGreaterThan(0.9)
  })

  it('replays as webhooks that are all read as facts', () => {
    for (const event of historyAsWebhooks(site)) {
      expect(readingOf(event, fieldsOf(site)).kind).toBe('facts')
    }
  })

  it('looks at 100,000 issues without keeping them', () => {
    const large = generateSite({ ...OPTIONS, issues: 100_000 })
    expect(large.issues.at(99_999)).toEqual(large.issues.at(99_999))
    expect(large.issues.at(99_999)).not.toBe(large.issues.at(99_999))
  })
})
