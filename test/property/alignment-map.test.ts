import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignment } from '../../src/domain/alignment/alignment.ts'
import { alignmentMap } from '../../src/domain/alignment/map/alignment-map.ts'
import { HEALTHS, healthShape } from '../../src/domain/alignment/map/health-shape.ts'
import { CARD, layOut } from '../../src/domain/alignment/map/layout.ts'
import { linesOf, widthOf } from '../../src/domain/alignment/map/text-lines.ts'
import type { Health } from '../../src/domain/health/health.ts'
import { LEVELS } from '../../src/domain/alignment/conflicts.ts'
import { aCycle, anAligned, anObjective, KR, O } from '../support/aligned-goals.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.lorem({ maxCount: 20 }),
  fc.constantFrom(
    '新用户第一天就成功完成第一笔订单，并且愿意把我们推荐给同行的朋友们',
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen',
    '"><script>alert(1)</script>',
    ']]><!-- &lt; -->',
  ),
)

/** Goals of a few levels that support each other and depend on each other in any way. */
const anyAlignment = fc.integer({ min: 0, max: 25 }).chain((count) =>
  fc
    .tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.record({
          level: fc.constantFrom(...LEVELS),
          title: anyText,
          parent: fc.option(
            fc.oneof(fc.integer({ min: 1, max: count }).map(O), fc.integer({ min: 1, max: count }).map(KR)),
          ),
          keyResults: fc.array(
            fc.record({
              title: anyText,
              progress: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
              health: fc.constantFrom<Health>(...HEALTHS),
              dependsOn: fc.array(fc.integer({ min: 1, max: count * 3 }).map(KR), { maxLength: 2 }),
            }),
            { maxLength: index === 0 ? 16 : 3 },
          ),
        }),
      ),
    )
    .map((given) => {
      let number = 0
      const objectives = given.map(({ level, title, parent }, index) =>
        anObjective(index + 1, { level, title, parent }),
      )
      const keyResults = given.flatMap(({ keyResults: own }, index) =>
        own.map((one) => anAligned(++number, index + 1, one)),
      )
      return alignment({ asked: [aCycle()], objectives, keyResults, cycles: [aCycle()], claims: [] })
    }),
)

describe('the map of any alignment', () => {
  it('holds every objective once, none over another, all inside, and supporters to the right', () => {
    fc.assert(
      fc.property(anyAlignment, (shown) => {
        const { cards, width, height } = layOut(shown)
        const nodes = (below: typeof shown.roots): number =>
          below.reduce((sum, { children }) => sum + 1 + nodes(children), 0)
        expect(cards.length).toBe(nodes(shown.roots))
        for (const [index, card] of cards.entries()) {
          expect(card.x >= 0 && card.x + CARD.width <= width).toBe(true)
          expect(card.y >= 0 && card.y + card.height <= height).toBe(true)
          if (card.parent !== null) expect(card.x).toBeGreaterThan(card.parent.card.x)
          for (const other of cards.slice(index + 1)) {
            const isBeside = card.x + CARD.width <= other.x || other.x + CARD.width <= card.x
            const isAbove = card.y + card.height <= other.y || other.y + other.height <= card.y
            expect(isBeside || isAbove).toBe(true)
          }
        }
      }),
    )
  })

  it('is well-formed XML of shapes and text alone, whatever people wrote', () => {
    fc.assert(
      fc.property(anyAlignment, (shown) => {
        const svg = alignmentMap(shown)
        expect(problemsOfXml(svg)).toEqual([])
        expect(svg).not.toMatch(/NaN|undefined|Infinity/)
        expect(alignmentMap(shown)).toBe(svg)
      }),
    )
  })
})

describe('lines of a text', () => {
  it('are no wider and no more than asked, and lose nothing but what the ellipsis stands for', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 5, max: 30 }),
        fc.integer({ min: 1, max: 4 }),
        (text, width, most) => {
          const lines = linesOf(text, width, most)
          expect(lines.length).toBeLessThanOrEqual(most)
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width + 1)
          const all = linesOf(text, width, Number.MAX_SAFE_INTEGER)
          const bare = (some: string) => some.replaceAll(/\s/gu, '')
          if (all.length <= most) expect(lines).toEqual(all)
          else expect(lines.at(-1)?.endsWith('…')).toBe(true)
          expect(bare(all.join('')).replace('…', '')).toBe(
            bare(linesOf(text, 1e9, 1).join('')).replace('…', ''),
          )
        },
      ),
    )
  })

  it('break between wide characters, and not before what ends a sentence', () => {
    expect(linesOf('每月流失率保持。好', 7, 3)).toEqual(['每月流失率保', '持。好'])
  })
})

describe('health', () => {
  it('has a shape of its own each, whatever its colour', () => {
    const shapes = HEALTHS.map((health) => healthShape(health, 0, 0, 6).replaceAll(/#[0-9a-f]{6}/g, ''))
    expect(new Set(shapes).size).toBe(HEALTHS.length)
    expect(HEALTHS.length).toBe(7)
  })
})

it('300 objectives with 1,200 key results are drawn in less than a second', () => {
  const objectives = Array.from({ length: 300 }, (_, index) => {
    const n = index + 1
    const level = n === 1 ? 'company' : n <= 12 ? 'department' : n <= 250 ? 'team' : 'individual'
    const parent = n === 1 ? null : n <= 12 ? O(1) : KR(((n * 7) % 40) + 1)
    return anObjective(n, {
      level,
      parent,
      title: `Objective ${n} that is about 完成率从 60% 提升到 85% and more`,
    })
  })
  const keyResults = Array.from({ length: 1_200 }, (_, index) =>
    anAligned(index + 1, (index % 300) + 1, { dependsOn: [KR(((index * 13) % 1_200) + 1)] }),
  )
  const shown = alignment({ asked: [aCycle()], objectives, keyResults, cycles: [aCycle()], claims: [] })
  const begun = process.cpuUsage()
  const svg = alignmentMap(shown)
  // Of the processor, not of the clock: a machine that is busy elsewhere draws no slower.
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1_000).toBeLessThan(1_000)
  expect(svg.match(/<g>/g)?.length).toBe(1_500)
})

const MARKUP = /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>/y
const ALLOWED = 'svg title desc defs marker path rect circle text tspan g'.split(' ')
const ENTITY = /&(?!(?:amp|lt|gt|quot|#39);)/

/** A reader of as much XML as the map uses: anything else in it is a problem. */
function problemsOfXml(xml: string): string[] {
  const open: string[] = []
  const problems: string[] = []
  for (let at = 0; at < xml.length;) {
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at)
      const text = xml.slice(at, end === -1 ? undefined : end)
      if (ENTITY.test(text) || !text.isWellFormed() || /(?!\n)\p{Cc}/u.test(text))
        problems.push(`text ${text}`)
      at += text.length
      continue
    }
    MARKUP.lastIndex = at
    const [tag, closes, name = '', attributes = '', isEmpty] = MARKUP.exec(xml) ?? []
    if (tag === undefined) return [...problems, `no markup at ${xml.slice(at, at + 60)}`]
    if (!ALLOWED.includes(name)) problems.push(`element ${name}`)
    if (ENTITY.test(attributes) || /\bon[a-z]+=|href|url\((?!#)/.test(attributes)) problems.push(attributes)
    if (closes === '/') {
      if (open.pop() !== name) problems.push(`closes ${name}`)
    } else if (isEmpty === '') open.push(name)
    at += tag.length
  }
  return [...problems, ...open.map((name) => `open ${name}`)]
}
