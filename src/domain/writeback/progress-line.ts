import type { CalendarDay } from '../time.ts'
import type { CommentRun } from './comment-document.ts'
import type { Say } from './messages.ts'

export interface ShownProgress {
  readonly progressPercent: number | null
  /** null: nothing is expected by now, there is no plan. */
  readonly expectedPercent: number | null
  readonly dueDay: CalendarDay
}

const BAR_CELLS = 10

/** `▰▰▰▱▱▱▱▱▱▱ 30% reached · 40% expected by now, due 2026-12-31` */
export function progressLine(
  { progressPercent, expectedPercent, dueDay }: ShownProgress,
  say: Say,
): CommentRun[] {
  const expected =
    expectedPercent === null
      ? say('progress.due', { dueDay })
      : say('progress.expected', { expectedShare: expectedPercent / 100, dueDay })
  if (progressPercent === null) return [{ kind: 'text', text: `${say('progress.none')} · ${expected}` }]
  return [
    { kind: 'text', text: `${progressBar(progressPercent)} ` },
    {
      kind: 'text',
      text: say('progress.reached', { progressShare: progressPercent / 100 }),
      style: 'strong',
    },
    { kind: 'text', text: ` · ${expected}` },
  ]
}

/** `▰▰▰▱▱▱▱▱▱▱`; a cell is filled when its whole tenth is reached. */
export function progressBar(percent: number): string {
  const filled = Math.floor((percent * BAR_CELLS) / 100)
  return '▰'.repeat(filled) + '▱'.repeat(BAR_CELLS - filled)
}
