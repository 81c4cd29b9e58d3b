import type { Jira } from '../../app/ports/jira.ts'
import { jiraBoard, jiraBoardEstimation } from '../../contracts/jira/rest.ts'
import { jiraSprint } from '../../contracts/jira/sprint.ts'
import type { JiraClient } from './client.ts'
import { allOf, offsetPages } from './pages.ts'

export type Boards = Pick<Jira, 'boards' | 'estimationField' | 'sprints'>

/** Boards and sprints: the same resources on Cloud and Data Center. */
export function createBoards(client: JiraClient): Boards {
  return {
    boards: () =>
      offsetPages(
        client,
        { method: 'GET', endpoint: '/rest/agile/1.0/board', query: { maxResults: 50 }, access: 'read' },
        jiraBoard,
      ),

    estimationField: (boardId) =>
      client.ask(
        {
          method: 'GET',
          endpoint: '/rest/agile/1.0/board/{boardId}/configuration',
          at: { boardId },
          access: 'read',
        },
        jiraBoardEstimation,
      ),

    sprints: (boardId) =>
      allOf(
        offsetPages(
          client,
          {
            method: 'GET',
            endpoint: '/rest/agile/1.0/board/{boardId}/sprint',
            at: { boardId },
            query: { maxResults: 50 },
            access: 'read',
          },
          jiraSprint,
          // How a board says that it does not know sprints.
          [400],
        ),
      ),
  }
}
