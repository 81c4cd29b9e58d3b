import { describe, expect, it } from 'vitest'
import { describeBacktest } from '../../src/cli/backtest-text.ts'
import { backtestReport, forecastInOrder } from '../../src/domain/backtest/report.ts'
import { observation } from '../support/observations.ts'

function textFor(...groups: string[]): string {
  const rows = groups.map((group) => ({ ...observation({ group }), outcome: -3 }))
  return describeBacktest(backtestReport(forecastInOrder(rows)), 0)
}

describe('the report of a backtest as text', () => {
  it('holds nothing of a group’s name that a terminal would obey', () => {
    const text = textFor('\u001b[2J\u001b]0;title\u0007a\u009b31mcme\u202e\r\nrm')
    expect(text).toMatch(/^\[2J\]0;titlea31mcme rm +1 /m)
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  })

  it('counts one of anything as one', () => {
    expect(textFor('web')).toMatch(/^1 row of 1 sprint in 1 group; 0 rows skipped\.$/m)
    expect(textFor('web', 'app')).toMatch(/^2 rows of \d sprints? in 2 groups; 0 rows skipped\.$/m)
  })

  it('keeps its columns, however long a name is', () => {
    const lines = textFor('x'.repeat(400), 'short').split('\n')
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(130)
  })
})
