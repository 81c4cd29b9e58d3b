import type { Digest } from '../digest/team-digest.ts'
import type { CommentDocument } from './comment-document.ts'
import { digestComment } from './digest-comment.ts'
import type { Say } from './messages.ts'
import { statusComment } from './status-comment.ts'
import type { StatusFacts } from './status-facts.ts'
import { warningComment } from './warning-comment.ts'
import type { WarningContent } from './warning-content.ts'

/** What a comment says. Plain JSON: it is stored with the comment, as it is wanted and as it was written. */
export type CommentContent = StatusContent | WarningContent | DigestContent

export interface StatusContent {
  readonly kind: 'status'
  readonly facts: StatusFacts
}

export interface DigestContent {
  readonly kind: 'digest'
  readonly digest: Digest
}

export function renderContent(content: CommentContent, say: Say): CommentDocument {
  switch (content.kind) {
    case 'status':
      return statusComment(content.facts, say)
    case 'warning':
      return warningComment(content.shown, say)
    case 'digest':
      return digestComment(content.digest, say)
  }
}
