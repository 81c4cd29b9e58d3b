import { describe, expect, it } from 'vitest'
import { createMessages } from '../../src/adapters/system/messages.ts'
import { renderAdf } from '../../src/domain/writeback/adf.ts'
import type { CommentDocument } from '../../src/domain/writeback/comment-document.ts'
import { statusComment } from '../../src/domain/writeback/status-comment.ts'
import { problemsOfAdf } from '../support/adf-schema.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { factsWith } from '../support/status-facts.ts'

const everything: CommentDocument = {
  blocks: [
    { kind: 'heading', runs: [{ kind: 'status', text: 'At risk', color: 'yellow' }] },
    {
      kind: 'paragraph',
      runs: [
        { kind: 'text', text: 'plain ' },
        { kind: 'text', text: 'loud', style: 'strong' },
        { kind: 'text', text: 'KR-1', style: 'code' },
        { kind: 'link', text: 'page', href: 'https://okr.example.com/x' },
      ],
    },
    { kind: 'list', items: [[{ kind: 'text', text: 'one' }]] },
  ],
}

describe('renderAdf', () => {
  it('renders each kind of block and run as its node', () => {
    expect(renderAdf(everything)).toEqual({
      version: 1,
      type: 'doc',
      content: [
        {
          type: 'heading',
          attrs: { level: 4 },
          content: [{ type: 'status', attrs: { text: 'At risk', color: 'yellow' } }],
        },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'plain ' },
            { type: 'text', text: 'loud', marks: [{ type: 'strong' }] },
            { type: 'text', text: 'KR-1', marks: [{ type: 'code' }] },
            {
              type: 'text',
              text: 'page',
              marks: [{ type: 'link', attrs: { href: 'https://okr.example.com/x' } }],
            },
          ],
        },
        {
          type: 'bulletList',
          content: [
            { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'one' }] }] },
          ],
        },
      ],
    })
  })

  it('leaves out empty runs and empty lists, which Jira refuses', () => {
    const empty: CommentDocument = {
      blocks: [
        { kind: 'paragraph', runs: [{ kind: 'text', text: '\u0000\u202e' }] },
        { kind: 'list', items: [] },
      ],
    }
    expect(renderAdf(empty).content).toEqual([{ type: 'paragraph', content: [] }])
  })

  it.skipIf(!hasSharedData)("is valid under Atlassian's schema, in every part and language", () => {
    const messages = createMessages()
    const documents = [
      everything,
      ...messages.locales.map((locale) => statusComment(factsWith(), messages.sayIn(locale))),
    ]
    for (const document of documents) expect(problemsOfAdf(renderAdf(document))).toEqual([])
  })
})
