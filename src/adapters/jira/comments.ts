import type { CommentMarker, Jira } from '../../app/ports/jira.ts'
import {
  jiraCommentsById,
  jiraCreatedComment,
  jiraIssueComments,
  jiraProperty,
  type JiraComment,
} from '../../contracts/jira/rest-issues.ts'
import { ownValue } from '../../contracts/jira/issue.ts'
import type { IssueId } from '../../domain/ids.ts'
import type { Deployment } from '../../domain/site.ts'
import type { CommentDocument } from '../../domain/writeback/comment-document.ts'
import { apiOf } from './catalogue.ts'
import type { JiraClient } from './client.ts'
import { isLockedOut } from './failures.ts'
import type { JiraRequest } from './request.ts'

export type Comments = Pick<Jira, 'findComment' | 'createComment' | 'updateComment'>

/** How a comment becomes what Jira stores: an ADF document on Cloud, wiki text on Data Center. */
export interface CommentRenderer {
  adf(document: CommentDocument): unknown
  wiki(document: CommentDocument): string
}

/** The comment property that holds a marker. */
const PROPERTY_KEY = 'throughline'

const COMMENTS_PER_PAGE = 100

export function createComments(
  client: JiraClient,
  deployment: Deployment,
  render: CommentRenderer,
  ownAccountId: () => Promise<string>,
): Comments {
  const api = apiOf(deployment)
  const bodyOf = (document: CommentDocument) =>
    deployment === 'cloud' ? render.adf(document) : render.wiki(document)

  /** The comments of an issue, oldest first, page by page, with properties where Jira lists them. */
  async function* pages(issueId: IssueId): AsyncGenerator<readonly JiraComment[]> {
    for (let startAt = 0; ;) {
      const expand = deployment === 'datacenter' ? 'properties' : null
      const request: JiraRequest = {
        method: 'GET',
        endpoint: `${api}/issue/{issueIdOrKey}/comment`,
        at: { issueIdOrKey: issueId },
        query: { startAt, maxResults: COMMENTS_PER_PAGE, orderBy: 'created', expand },
        access: 'read',
      }
      const page = await client.ask(request, jiraIssueComments)
      if (page.comments.length === 0) return
      yield deployment === 'cloud' ? await withProperties(page.comments) : page.comments
      startAt += page.comments.length
      if (startAt >= page.total) return
    }
  }

  /** On Cloud only the list by ids gives properties. */
  async function withProperties(comments: readonly JiraComment[]): Promise<readonly JiraComment[]> {
    const request: JiraRequest = {
      method: 'POST',
      endpoint: `${api}/comment/list`,
      query: { expand: 'properties' },
      body: { ids: comments.map(({ id }) => Number(id)) },
      access: 'read',
    }
    const { values } = await client.ask(request, jiraCommentsById)
    return comments.map((comment) => values.find(({ id }) => id === comment.id) ?? comment)
  }

  /** For a Data Center that lists comments without their properties. */
  async function hasMarker(comment: JiraComment, marker: CommentMarker): Promise<boolean> {
    const request: JiraRequest = {
      method: 'GET',
      endpoint: `${api}/comment/{commentId}/properties/{propertyKey}`,
      at: { commentId: comment.id, propertyKey: PROPERTY_KEY },
      access: 'read',
    }
    const answer = await client.exchange(request, [404])
    return answer.status !== 404 && isMarker(client.read(request, answer, jiraProperty).value, marker)
  }

  return {
    async findComment(issueId, marker) {
      const unlisted: JiraComment[] = []
      for await (const comments of pages(issueId)) {
        const marked = comments.find((comment) =>
          comment.properties?.some(({ key, value }) => key === PROPERTY_KEY && isMarker(value, marker)),
        )
        if (marked !== undefined) return marked.id
        unlisted.push(...comments.filter(({ properties }) => properties === null))
      }
      if (deployment === 'cloud' || unlisted.length === 0) return null
      const accountId = await ownAccountId()
      for (const comment of unlisted.filter(({ author }) => author === accountId)) {
        if (await hasMarker(comment, marker)) return comment.id
      }
      return null
    },

    async createComment(issueId, document, marker) {
      const request: JiraRequest = {
        method: 'POST',
        endpoint: `${api}/issue/{issueIdOrKey}/comment`,
        at: { issueIdOrKey: issueId },
        body: {
          body: bodyOf(document),
          properties: [{ key: PROPERTY_KEY, value: marker }],
        },
        access: 'write',
        issueId,
      }
      const { id } = await client.ask(request, jiraCreatedComment)
      return id
    },

    async updateComment(issueId, commentId, document, { notifies } = { notifies: false }) {
      const aloud: JiraRequest = {
        method: 'PUT',
        endpoint: `${api}/issue/{issueIdOrKey}/comment/{id}`,
        at: { issueIdOrKey: issueId, id: commentId },
        query: {},
        body: { body: bodyOf(document) },
        access: 'write',
        issueId,
      }
      if (notifies) return (await client.exchange(aloud, [404])).status === 404 ? 'gone' : 'written'
      const silently: JiraRequest = { ...aloud, query: { notifyUsers: false } }
      const answer = await client.exchange(silently, [403, 404])
      if (answer.status === 404) return 'gone'
      if (answer.status !== 403) return 'written'
      if (isLockedOut(answer)) throw client.refused(silently, answer)
      // Without project administration Jira may refuse the flag and drop the edit with it. The edit matters more.
      const again = await client.exchange(aloud, [404])
      return again.status === 404 ? 'gone' : 'written'
    },
  }
}

function isMarker(value: unknown, marker: CommentMarker): boolean {
  if (value === null || typeof value !== 'object') return false
  return Object.entries(marker).every(([name, text]) => ownValue(value, name) === text)
}
