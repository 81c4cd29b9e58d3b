import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessages } from '../../src/adapters/system/messages.ts'
import { renderAdf } from '../../src/domain/writeback/adf.ts'
import { renderContent, type CommentContent } from '../../src/domain/writeback/comment-content.ts'
import type {
  CommentBlock,
  CommentDocument,
  CommentRun,
} from '../../src/domain/writeback/comment-document.ts'
import { plainText, singleLine } from '../../src/domain/writeback/plain-text.ts'
import { renderWiki } from '../../src/domain/writeback/wiki.ts'
import { anyDigest } from '../support/digests.ts'
import { problemsOfAdf } from '../support/adf-schema.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { anyFacts, anyText, PUBLIC_URL } from '../support/status-facts.ts'
import { anyWarningContent } from '../support/warnings.ts'

const messages = createMessages()
const anyLocale = fc.constantFrom(...messages.locales)
const anyContent: fc.Arbitrary<CommentContent> = fc.oneof(
  anyFacts.map((facts) => ({ kind: 'status' as const, facts })),
  anyWarningContent,
  anyDigest.map((digest) => ({ kind: 'digest' as const, digest })),
)
const anyComment = fc
  .tuple(anyContent, anyLocale)
  .map(([content, locale]) => renderContent(content, messages.sayIn(locale)))

const anyRun: fc.Arbitrary<CommentRun> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: anyText }),
  fc.record({
    kind: fc.constant('text' as const),
    text: anyText,
    style: fc.constantFrom('strong' as const, 'code' as const),
  }),
  fc.record({ kind: fc.constant('link' as const), text: anyText, href: fc.constant(PUBLIC_URL) }),
  fc.record({ kind: fc.constant('mention' as const), text: anyText, accountId: anyText }),
  fc.record({ kind: fc.constant('status' as const), text: anyText, color: fc.constant('red' as const) }),
)
const anyRuns = fc.array(anyRun, { maxLength: 4 })
const anyBlock: fc.Arbitrary<CommentBlock> = fc.oneof(
  fc.record({ kind: fc.constantFrom('heading' as const, 'paragraph' as const), runs: anyRuns }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(anyRuns, { maxLength: 3 }) }),
)
/** Documents no one builds today: the renderers are safe by themselves, not by the grace of their caller. */
const anyDocument: fc.Arbitrary<CommentDocument> = fc.record({ blocks: fc.array(anyBlock, { maxLength: 4 }) })

const NODE_TYPES = [
  'doc',
  'heading',
  'paragraph',
  'bulletList',
  'listItem',
  'text',
  'status',
  'mention',
  'strong',
  'code',
  'link',
]

const OUR_PAGES = /^https:\/\/okr\.example\.com\/key-results\/KR-\d{1,9}$/
const OUR_ADDRESS = /^https:\/\/okr\.example\.com$/

function everyObject(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(everyObject)
  return Array.isArray(value) ? inside : [value as Record<string, unknown>, ...inside]
}

function expectOnlyOurNodes(adf: unknown, ourAddress: RegExp): void {
  for (const object of everyObject(adf)) {
    if ('type' in object) expect(NODE_TYPES).toContain(object.type)
    if ('href' in object) expect(object.href).toMatch(ourAddress)
    if ('text' in object) expect(object.text).toBe(singleLine(object.text as string))
  }
}

describe('a comment in ADF, whatever people wrote', () => {
  it('has only our node types and our own address, in fewer than 30,000 characters', () => {
    fc.assert(
      fc.property(anyComment, (comment) => {
        const adf = renderAdf(comment)
        expectOnlyOurNodes(adf, OUR_PAGES)
        expect(JSON.stringify(adf).length).toBeLessThan(30_000)
      }),
    )
  })

  it('has only our node types in any document', () => {
    fc.assert(fc.property(anyDocument, (document) => expectOnlyOurNodes(renderAdf(document), OUR_ADDRESS)))
  })

  it.skipIf(!hasSharedData)("is valid under Atlassian's schema", () => {
    fc.assert(
      fc.property(fc.oneof(anyComment, anyDocument), (document) => {
        expect(problemsOfAdf(renderAdf(document))).toEqual([])
      }),
    )
  })
})

const ENTITY = /&#(\d+);/g

/** The markup of wiki text: its characters with a meaning and its line ends, entities and plain text left out. */
function markupOf(wiki: string): string {
  return wiki.replace(ENTITY, '').replace(/[^\\{}[\]()|*_\-+^~?!#@:/.%<>&$`\n]/g, '')
}

function mapText(document: CommentDocument, change: (text: string) => string): CommentDocument {
  const runs = (those: readonly CommentRun[]) => those.map((run) => ({ ...run, text: change(run.text) }))
  return {
    blocks: document.blocks.map((block) =>
      block.kind === 'list'
        ? { ...block, items: block.items.map(runs) }
        : { ...block, runs: runs(block.runs) },
    ),
  }
}

describe('a comment in wiki markup, whatever people wrote', () => {
  it('has the markup it would have if every text were a harmless word', () => {
    fc.assert(
      fc.property(fc.oneof(anyComment, anyDocument), (document) => {
        const harmless = mapText(document, (text) => (singleLine(text).trim() === '' ? ' ' : 'word'))
        expect(markupOf(renderWiki(document))).toBe(markupOf(renderWiki(harmless)))
      }),
    )
  })

  it('reads as what was written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const wiki = renderWiki({ blocks: [{ kind: 'paragraph', runs: [{ kind: 'text', text }] }] })
        const read = wiki.replace(ENTITY, (_, code) => String.fromCharCode(Number(code)))
        const line = singleLine(text)
        expect(read).toBe(line.trim() === '' ? '' : line)
      }),
    )
  })

  it('stays below the 32,767 characters Jira takes', () => {
    fc.assert(
      fc.property(anyComment, (comment) => {
        expect(renderWiki(comment).length).toBeLessThan(30_000)
      }),
    )
  })
})

describe('plain text', () => {
  it('is one visible line of bounded length, and stays as it is', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 200 }), (text, maxLength) => {
        const plain = plainText(text, maxLength)
        expect(Array.from(plain).length).toBeLessThanOrEqual(maxLength)
        expect(plain).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Bidi_Control}]/u)
        expect(plainText(plain, maxLength)).toBe(plain)
      }),
    )
  })
})
