import { isAccountName } from './account-name.ts'
import type { CommentBlock, CommentDocument, CommentRun, StatusColor } from './comment-document.ts'
import { singleLine } from './plain-text.ts'

/**
 * Every ASCII character that Jira's wiki renderer gives a meaning: phrases, links, mentions, macros, images, lists,
 * tables, headings (`h1.`), emoticons, bare addresses, issue keys, HTML. Left over: `, ; = ' "`.
 */
const SPECIAL = /[\\{}[\]()|*_\-+^~?!#@:/.%<>&$`]/g

const UNSAFE_IN_HREF = /[^A-Za-z0-9\-._~:/?#@&=+,;%]/gu

const COLORS: Readonly<Record<StatusColor, string>> = {
  neutral: '#42526e',
  green: '#006644',
  yellow: '#974f0c',
  red: '#bf2600',
}

/** A comment for Jira Data Center, in wiki markup. No text of a run can become markup. */
export function renderWiki(document: CommentDocument): string {
  return document.blocks
    .map(block)
    .filter((lines) => lines.trim() !== '')
    .join('\n\n')
}

function block(it: CommentBlock): string {
  switch (it.kind) {
    case 'heading':
      return `h4. ${line(it.runs)}`
    case 'paragraph':
      return line(it.runs)
    case 'list':
      return it.items.map((runs) => `* ${line(runs)}`).join('\n')
  }
}

function line(runs: readonly CommentRun[]): string {
  return runs.map(inline).join('')
}

/** Braces around the stars make a phrase of them next to letters too, as Chinese text needs. */
function inline(run: CommentRun): string {
  const text = escapeWiki(run.text)
  if (text.trim() === '') return text
  switch (run.kind) {
    case 'text':
      if (run.style === 'strong') return `{*}${text}{*}`
      return run.style === 'code' ? `{{${text}}}` : text
    case 'link':
      return `[${text}|${hrefOf(run.href)}]`
    case 'mention':
      return isAccountName(run.accountId) ? `[~${run.accountId}]` : text
    case 'status':
      return `{color:${COLORS[run.color]}}{*}${text}{*}{color}`
  }
}

/** Percent-encodes what could end the link or begin another; `encodeURIComponent` alone leaves `!'()*` as they are. */
function hrefOf(href: string): string {
  return href.toWellFormed().replace(UNSAFE_IN_HREF, (character) => {
    const encoded = encodeURIComponent(character)
    return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded
  })
}

/**
 * Text with every special character as a numeric HTML entity. A backslash would not do: the renderer knows it only
 * before some of these characters and not after another backslash, and has none for `:` and `/` of a bare address.
 * Its own backslash step turns what it escapes into the same entities, and its HTML step keeps them.
 */
function escapeWiki(text: string): string {
  return singleLine(text).replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`)
}
