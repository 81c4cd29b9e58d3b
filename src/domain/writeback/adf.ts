import type { CommentBlock, CommentDocument, CommentRun, StatusColor } from './comment-document.ts'
import { singleLine } from './plain-text.ts'

/** The part of the Atlassian Document Format that Throughline writes. Only a `mention` run mentions; nothing embeds. */
export interface AdfDocument {
  readonly version: 1
  readonly type: 'doc'
  readonly content: readonly AdfBlock[]
}

type AdfBlock =
  | {
      readonly type: 'heading'
      readonly attrs: { readonly level: number }
      readonly content: readonly AdfInline[]
    }
  | AdfParagraph
  | { readonly type: 'bulletList'; readonly content: readonly AdfListItem[] }

interface AdfParagraph {
  readonly type: 'paragraph'
  readonly content: readonly AdfInline[]
}

interface AdfListItem {
  readonly type: 'listItem'
  readonly content: readonly [AdfParagraph]
}

type AdfInline =
  | { readonly type: 'text'; readonly text: string; readonly marks?: readonly AdfMark[] }
  | { readonly type: 'mention'; readonly attrs: { readonly id: string; readonly text: string } }
  | { readonly type: 'status'; readonly attrs: { readonly text: string; readonly color: StatusColor } }

type AdfMark =
  | { readonly type: 'strong' }
  | { readonly type: 'code' }
  | { readonly type: 'link'; readonly attrs: { readonly href: string } }

const HEADING_LEVEL = 4

/** A comment for Jira Cloud. Every text is one visible line; empty runs and empty lists, which ADF refuses, are left out. */
export function renderAdf(document: CommentDocument): AdfDocument {
  return { version: 1, type: 'doc', content: document.blocks.flatMap(block) }
}

function block(it: CommentBlock): AdfBlock[] {
  switch (it.kind) {
    case 'heading':
      return [{ type: 'heading', attrs: { level: HEADING_LEVEL }, content: it.runs.flatMap(inline) }]
    case 'paragraph':
      return [paragraph(it.runs)]
    case 'list':
      return it.items.length === 0 ? [] : [{ type: 'bulletList', content: it.items.map(listItem) }]
  }
}

function paragraph(runs: readonly CommentRun[]): AdfParagraph {
  return { type: 'paragraph', content: runs.flatMap(inline) }
}

function listItem(runs: readonly CommentRun[]): AdfListItem {
  return { type: 'listItem', content: [paragraph(runs)] }
}

function inline(run: CommentRun): AdfInline[] {
  const text = singleLine(run.text)
  if (text === '') return []
  switch (run.kind) {
    case 'text':
      return [
        run.style === undefined
          ? { type: 'text', text }
          : { type: 'text', text, marks: [{ type: run.style }] },
      ]
    case 'link':
      return [{ type: 'text', text, marks: [{ type: 'link', attrs: { href: run.href } }] }]
    case 'mention':
      return [{ type: 'mention', attrs: { id: run.accountId, text: `@${text}` } }]
    case 'status':
      return [{ type: 'status', attrs: { text, color: run.color } }]
  }
}
