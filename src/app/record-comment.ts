import type { CommentContent } from '../domain/writeback/comment-content.ts'
import { authorshipOf } from '../domain/authorship.ts'
import type { Clock } from './ports/clock.ts'
import type { OutboxComment } from './ports/comments.ts'
import type { Database } from './ports/records.ts'

/** Notes that a comment is in Jira as it was wanted, with its entries in the audit log and the feed. */
export async function recordComment(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  comment: OutboxComment,
  commentId: string,
  action: 'comment.create' | 'comment.edit',
): Promise<void> {
  const { subject, topic, siteId, issueId, wanted, wantedCursor, written } = comment
  const at = clock.now()
  await database.transaction(async (records) => {
    await records.comments.written(comment, commentId, { content: wanted, cursor: wantedCursor, at })
    await records.audit.append([
      {
        ...authorshipOf({ actor: 'throughline' }),
        at,
        action,
        subject,
        before: written?.content ?? null,
        after: { siteId, issueId, commentId, topic, content: wanted },
      },
    ])
    await records.feed.append([
      {
        kind: 'comment.written',
        subject,
        at,
        data: {
          siteId,
          issueId,
          commentId,
          topic: wanted.kind,
          isNew: action === 'comment.create',
          progressPercent: progressIn(wanted),
        },
      },
    ])
  })
}

function progressIn(content: CommentContent): number | null {
  switch (content.kind) {
    case 'status':
      return content.facts.progressPercent
    case 'warning':
      return content.shown.numbers.progressPercent
    case 'digest':
      return null
  }
}
