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

/**
 * For each key result the earlier one that says the same, in whatever order, case, script or direction word; null for
 * most. The same numbers and all words but one of them the same is the same as well. Linear in the number of key results.
 */
export function duplicates(reads: readonly KeyResultRead[]): (Hit | null)[] {
  const seen = new Map<string, string>()
  return reads.map((read) => {
    const { keys, own } = signatures(read)
    const other = keys.map((key) => seen.get(key)).find((found) => found !== undefined)
    for (const key of own) if (!seen.has(key)) seen.set(key, nameOf(read))
    return other === undefined ? null : { rule: 'duplicate', other }
  })
}

function nameOf({ keyResult, title }: KeyResultRead): string {
  return keyResult.key ?? `“${title.written}”`
}

/** What a key result is looked up by, and what it is remembered by. */
function signatures({ title }: KeyResultRead): { keys: string[]; own: string[] } {
  const { amounts } = title
  const numbers = amounts
    .map(({ start, end }) => title.normal.slice(start, end).replace(/[\s,]/g, ''))
    .join(' ')
  const words = wordsOf(title.normal, amounts).slice(0, MOST_WORDS)
  const whole = words.join(' ')
  if (whole === '') return { keys: [], own: [] }
  const withoutOne =
    words.length < 2 || amounts.length < 2 ? [] : words.map((_, index) => words.toSpliced(index, 1).join(' '))
  const exact = words.length > 1 || title.isChinese ? [`of ${whole}`] : [`of ${whole} = ${numbers}`]
  const sameNumbers = [whole, ...withoutOne].map((text) => `as ${text} = ${numbers}`)
  const wholeNumbers = `as ${whole} = ${numbers}`
  // A text lacks a word of the other, or the other lacks one of it; both lacking one is two different things.
  return {
    keys: [...exact, ...sameNumbers.map((key) => `whole ${key}`), `less ${wholeNumbers}`],
    own: [...exact, `whole ${wholeNumbers}`, ...sameNumbers.map((key) => `less ${key}`)],
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
