import type { EpochMs } from '../../../domain/time.ts'
import { commentEvent } from '../webhooks/webhook-event.ts'
import type { CommentBody, JsonObject, StoredComment } from './jira-history.ts'
import type { RunningSite } from './running-site.ts'
import { actor, type Stamp } from './stamp.ts'

/** A write to a comment, and whether Jira told watchers of it. */
export interface CommentWrite {
  readonly kind: 'created' | 'updated' | 'deleted'
  readonly commentId: string
  readonly issueId: string
  readonly by: string
  readonly at: EpochMs
  readonly notifies: boolean
}

export interface CommentMutations {
  /** A person comments on an issue. Gives the comment's id. */
  addComment(issue: string, comment: Stamp & { readonly text: string }): string
}

/** The comments of a running site, for people and for REST alike. Each write emits the webhook Jira would send. */
export interface CommentLedger extends CommentMutations {
  readonly writes: readonly CommentWrite[]
  of(issueIdOrKey: string): readonly StoredComment[]
  create(
    issueId: string,
    body: CommentBody,
    properties: ReadonlyMap<string, unknown>,
    stamp: Required<Stamp>,
  ): StoredComment
  update(
    comment: StoredComment,
    body: CommentBody,
    properties: ReadonlyMap<string, unknown>,
    stamp: Required<Stamp> & { readonly notifies: boolean },
  ): StoredComment
  remove(comment: StoredComment, stamp: Required<Stamp>): void
  /** Properties change without an event of the comment family. */
  setProperties(comment: StoredComment, properties: ReadonlyMap<string, unknown>): void
}

export function createCommentLedger(site: RunningSite): CommentLedger {
  const writes: CommentWrite[] = []

  const noted = (
    kind: CommentWrite['kind'],
    comment: StoredComment,
    stamp: Required<Stamp>,
    notifies: boolean,
  ) => {
    writes.push({ kind, commentId: comment.id, issueId: comment.issueId, ...stamp, notifies })
    const issue = site.issue(comment.issueId)
    site.emit(commentEvent(`comment_${kind}`, comment, issue, stamp.at, site.around))
  }

  const create: CommentLedger['create'] = (issueId, body, properties, { at, by }) => {
    const author: JsonObject = site.catalogue.userJson(by)
    const id = site.nextId('comment')
    const comment = { id, issueId, author, body, createdAt: at, updatedAt: at, properties }
    site.comments.set(id, comment)
    noted('created', comment, { at, by }, true)
    return comment
  }

  return {
    writes,
    create,
    addComment(issue, { text, ...stamp }) {
      const by = actor(site, stamp)
      return create(site.issue(issue).id, { kind: 'text', text }, new Map(), { at: stamp.at, by }).id
    },
    of(issueIdOrKey) {
      const { id } = site.issue(issueIdOrKey)
      return [...site.comments.values()].filter((comment) => comment.issueId === id)
    },
    update(comment, body, properties, { at, by, notifies }) {
      const updated = { ...comment, body, properties, updatedAt: at }
      site.comments.set(comment.id, updated)
      noted('updated', updated, { at, by }, notifies)
      return updated
    },
    remove(comment, stamp) {
      site.comments.delete(comment.id)
      noted('deleted', comment, stamp, false)
    },
    setProperties(comment, properties) {
      site.comments.set(comment.id, { ...comment, properties })
    },
  }
}
