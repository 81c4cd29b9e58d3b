/** The quarter in words: what the numbers of each ISO week are about. */
export const CHAPTERS: ReadonlyMap<number, string> = new Map([
  [40, 'The quarter begins: goals are applied, backlogs are filled.'],
  [41, 'First sprints. Checkout delivers from the first day; Search moves its index to new machines.'],
  [42, 'The bank agrees to the pilot of one-tap payment. Search still moves.'],
  [43, 'Search is done with its move, after three weeks without a new kind of search.'],
  [44, 'The first kind of search that found nothing finds something.'],
  [
    45,
    'Black Friday draws near: nine stories nobody had planned land in the new checkout. One-tap payment is live in the Netherlands.',
  ],
  [
    46,
    'Half-time. Two thirds of the faster pages are live, and paying takes as long as before. Search moves a target: 9 % becomes 11 %.',
  ],
  [47, 'Checkout drops three of the nine surprises. The legal review of one-tap payment passes.'],
  [
    48,
    'Black Friday: the shop is away for 40 minutes. A survey counted its own test runs, so its owner puts a value by hand over it.',
  ],
  [
    49,
    'Found: not the pages were slow but the address check. The second payment provider signs, two days before its day.',
  ],
  [50, 'Paying gets faster at last, and Germany pays with one tap.'],
  [51, 'Search delivers more in a week than in all of October.'],
  [52, 'The last sprints close on Wednesday; a quiet rest of the week.'],
  [53, 'The last values of the year.'],
])
