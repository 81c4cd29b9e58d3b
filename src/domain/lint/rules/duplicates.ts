import type { Hit, KeyResultRead } from '../hit.ts'
import * as chinese from '../words/chinese.ts'
import * as english from '../words/english.ts'

const DIRECTION_ENGLISH = new RegExp(english.VAGUE.source, 'g')
const DIRECTION_CHINESE = new RegExp(chinese.VAGUE.source, 'g')
const CHANGE_CHINESE = new RegExp(chinese.CHANGES.source, 'g')

const IDLE_ENGLISH =
  /(?<![a-z-])(?:the|a|an|our|of|for|in|on|at|to|from|by|and|is|are|be|end|quarter|year|least|most|than|or|up|down|rises?|falls?|drops?|goes|reach|achieve|get|bring|number|total|overall)(?![a-z-])/g
const IDLE_CHINESE = /的|将|把|从|由|到|至|达|为|在|以上|以下|以内|不低于|不超过|超过|实现|使|个|名|位|家|了/g

/** Words enough to tell a text by; of more only the first are looked at. */
const MOST_WORDS = 24
/** In a longer text a single word more or less is looked for in vain, and at the cost of as many lookups. */
const MOST_TOLD_APART = 12

/**
 * Looks for the earlier key result that says the same, in whatever order, case or direction word; null for most. Within
 * an objective other numbers make no other result; elsewhere the numbers are the same too. All words but one of them the
 * same, with the same numbers, is the same as well. A text without a number is never the same as one with: what it lacks
 * is said of it, not of the other. Texts in two languages are translations. Each costs time by its own length alone.
 */
export function createDuplicates(): (read: KeyResultRead, objective: number) => Hit | null {
  const seen = new Map<string, string>()
  return (read, objective) => {
    const { keys, own } = signatures(read, objective)
    const other = keys.map((key) => seen.get(key)).find((found) => found !== undefined)
    const name = nameOf(read)
    for (const key of own) if (!seen.has(key)) seen.set(key, name)
    return other === undefined ? null : { rule: 'duplicate', other }
  }
}

function nameOf({ keyResult, title }: KeyResultRead): string {
  return keyResult.key ?? `“${title.written}”`
}

/** What a key result is looked up by, and what it is remembered by. */
function signatures({ title }: KeyResultRead, objective: number): { keys: string[]; own: string[] } {
  const { amounts } = title
  const numbers = amounts
    .map(({ start, end }) => title.normal.slice(start, end).replace(/[\s,]/g, ''))
    .join(' ')
  const words = wordsOf(title.normal, amounts).slice(0, MOST_WORDS)
  const whole = words.join(' ')
  if (whole === '') return { keys: [], own: [] }
  const withoutOne =
    words.length < 2 || words.length > MOST_TOLD_APART || amounts.length < 2
      ? []
      : words.map((_, index) => words.toSpliced(index, 1).join(' '))
  const isTold = words.length > 1 || title.isChinese
  const beside = `${objective} ${title.language} ${amounts.length > 0 ? 'with a number' : 'without'}`
  const exact = isTold ? [`${beside} ${whole}`] : []
  const [wholeNumbers, ...lessNumbers] = [whole, ...withoutOne].map(
    (text) => `${title.language} ${text} = ${numbers}`,
  )
  // A text lacks a word of the other, or the other lacks one of it; both lacking one is two different things.
  return {
    keys: [
      ...exact,
      `whole ${wholeNumbers}`,
      ...lessNumbers.map((key) => `whole ${key}`),
      `less ${wholeNumbers}`,
    ],
    own: [...exact, `whole ${wholeNumbers}`, ...lessNumbers.map((key) => `less ${key}`)],
  }
}

function wordsOf(normal: string, amounts: readonly { start: number; end: number }[]): string[] {
  let text = normal
  for (const { start, end } of amounts) {
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)
  }
  const bare = text
    .replace(DIRECTION_ENGLISH, ' ')
    .replace(DIRECTION_CHINESE, ' ')
    .replace(CHANGE_CHINESE, ' ')
    .replace(IDLE_ENGLISH, ' ')
    .replace(IDLE_CHINESE, ' ')
  const words = bare.match(/[\p{L}\p{N}][\p{L}\p{N}.+#-]*/gu) ?? []
  return [...new Set(words.flatMap(wholeWords))].sort()
}

/** Chinese has no spaces: a run of it is told by its pairs of characters. */
function wholeWords(word: string): string[] {
  if (!/\p{Script=Han}/u.test(word)) return [word.replace(/(?<=[a-z]{3})s$/, '')]
  const characters = Array.from(word)
  return characters.length < 3
    ? [word]
    : characters.slice(1).map((character, index) => characters[index]! + character)
}
