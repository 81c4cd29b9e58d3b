import type { CalendarDay } from '../time.ts'

/** How the words of people and days are written: as they are, or as they read in Markdown. */
export interface Writing {
  text(words: string): string
  day(day: CalendarDay): string
}

/** For programs. */
export const AS_DATA: Writing = { text: (words) => words, day: (day) => day }
