import type { BacktestReport, Comparison, Scores } from '../domain/backtest/report.ts'
import { counted } from '../domain/counted.ts'
import { plainText } from '../domain/writeback/plain-text.ts'
import { table } from './table.ts'

/** A name comes from a file: what a terminal would obey is taken out of it, and what would break the table is cut. */
const MOST_OF_A_NAME = 40

/** The report as a person reads it. */
export function describeBacktest(report: BacktestReport, skipped: number): string {
  const { rows, sprints, groups, overall, underway, byElapsedShare, byGroup, calibration } = report
  const read = `${counted(rows, 'row')} of ${counted(sprints, 'sprint')} in ${counted(groups, 'group')}`
  const summary = `${read}; ${counted(skipped, 'row')} skipped.`
  if (rows === 0) return `${summary} There is nothing to forecast.`
  return [
    summary,
    `${percent(overall.under)} of the rows are of sprints that delivered less than was in scope.`,
    '',
    'Underway (after the start)',
    comparison(underway),
    '',
    'All rows',
    comparison(overall),
    '',
    table(
      ['time passed', 'rows', 'under', 'Brier', 'AUC', 'AUC (mean of groups)', 'remaining share', 'pace'],
      byElapsedShare.map((part) => [percent(part.elapsedShare), ...slice(part)]),
    ),
    '',
    table(
      ['group', 'rows', 'under', 'Brier', 'AUC', 'AUC (mean of groups)', 'remaining share', 'pace'],
      byGroup.map((part) => [plainText(part.group, MOST_OF_A_NAME), ...slice(part)]),
    ),
    '',
    table(
      ['forecast', 'rows', 'mean', 'came true'],
      calibration.map(({ from, to, rows, forecast, happened }) => [
        `${percent(from)} – ${percent(to)}`,
        String(rows),
        percent(forecast),
        percent(happened),
      ]),
    ),
    '',
    'Brier: 0 is perfect, lower is better. AUC: 1 is perfect, 0.5 is a coin. See docs/backtest.md.',
  ].join('\n')
}

function comparison({ forecast, remainingShare, pace }: Comparison): string {
  const row = (name: string, { brier, auc, aucOverGroups, maeOverIqr }: Scores) => [
    name,
    ...[brier, auc, aucOverGroups, maeOverIqr].map(figure),
  ]
  return table(
    ['', 'Brier', 'AUC', 'AUC (mean of groups)', 'MAE ÷ IQR'],
    [row('forecast', forecast), row('remaining share', remainingShare), row('pace', pace)],
  )
}

/** Of the rules of thumb, their AUC. */
function slice({ rows, under, forecast, remainingShare, pace }: Comparison): string[] {
  const figures = [forecast.brier, forecast.auc, forecast.aucOverGroups, remainingShare.auc, pace.auc]
  return [String(rows), percent(under), ...figures.map(figure)]
}

const figure = (value: number | null) => (value === null ? '–' : value.toFixed(3))
const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`)
