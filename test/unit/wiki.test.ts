import { describe, expect, it } from 'vitest'
import { createMessages } from '../../src/adapters/system/messages.ts'
import type { CommentRun } from '../../src/domain/writeback/comment-document.ts'
import { statusComment } from '../../src/domain/writeback/status-comment.ts'
import { renderWiki } from '../../src/domain/writeback/wiki.ts'
import { factsWith } from '../support/status-facts.ts'

function rendered(...runs: CommentRun[]): string {
  return renderWiki({ blocks: [{ kind: 'paragraph', runs }] })
}

describe('renderWiki', () => {
  it('renders a status comment for Data Center', () => {
    expect(
      renderWiki(statusComment(factsWith({ title: '[~ann] *10* s' }), createMessages().sayIn('en'))),
    ).toBe(
      `h4. {color:#974f0c}{*}At risk{*}{color} [KR&#45;12 &#91;&#126;ann&#93; &#42;10&#42; s|https://okr.example.com/key-results/KR-12]

Objective&#58; Faster shopping

▰▰▰▱▱▱▱▱▱▱ {*}30&#37; reached{*} · 40&#37; expected by now, due 2026&#45;12&#45;31

* Progress is at 75&#37; of the expected pace&#46;
* Linked work&#58; 6 of 20 points delivered &#40;2 of 9 issues&#41;
* 2 issues have no estimate and count as 3 points each
* Confidence&#58; 6 of 10
* Since the last update&#58; 2 issues delivered, 1 issue added

Written by Throughline, edited in place&#46;`,
    )
  })

  it.each([
    ['a mention', '[~ann]'],
    ['a link', '[here|https://evil.example]'],
    ['a bare address', 'https://evil.example'],
    ['a network share', '\\\\server\\share'],
    ['a macro', '{code}'],
    ['an image', '!pic.png!'],
    ['a heading', 'h1. Big'],
    ['a list', '* item'],
    ['a table', '||head||'],
    ['a line', '----'],
    ['an emoticon', '(!)'],
    ['an entity', '&#91;'],
    ['a tag', '<b>'],
    ['an escaped bracket', '\\['],
    ['an issue key', 'EE-4'],
  ])('writes %s as text', (_name, text) => {
    const wiki = rendered({ kind: 'text', text })
    expect(wiki.replace(/&#\d+;/g, '')).toMatch(/^[\p{L}\p{N}; ]*$/u)
    expect(wiki.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(text)
  })

  it('leaves letters of any language, digits, commas and quotes readable', () => {
    const text = `Größe 结果、結果 10, "a" 'b' = c; ▰▱ ·`
    expect(rendered({ kind: 'text', text })).toBe(text)
  })

  it('marks strong and code text so that letters may stand beside them', () => {
    const wiki = rendered(
      { kind: 'text', text: 'a', style: 'strong' },
      { kind: 'text', text: 'b', style: 'code' },
    )
    expect(wiki).toBe('{*}a{*}{{b}}')
  })

  it('lets no address end its own link', () => {
    const href = 'https://okr.example.com/a|b]c{d}é!(*)'
    expect(rendered({ kind: 'link', text: 'x', href })).toBe(
      '[x|https://okr.example.com/a%7Cb%5Dc%7Bd%7D%C3%A9%21%28%2A%29]',
    )
  })
})
