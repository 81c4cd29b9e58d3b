import type {
  Board,
  CatalogueEntry,
  FieldDefinition,
  IssueType,
  JiraHistory,
  JiraUser,
  JsonObject,
  Project,
  Status,
} from './jira-history.ts'
import { userJson } from './user-json.ts'

/** The parts of a site that do not change while it runs, looked up by id. An unknown id throws: it is a caller's slip. */
export interface Catalogue {
  status(id: string): Status
  resolution(id: string): CatalogueEntry
  priority(id: string): CatalogueEntry
  issueType(id: string): IssueType
  project(idOrKey: string): Project
  findProject(idKeyOrName: string): Project | undefined
  board(id: number): Board | undefined
  field(id: string): FieldDefinition
  user(accountId: string): JiraUser
  /** A user as Jira shows one; the same object every time. */
  userJson(accountId: string): JsonObject
}

export function createCatalogue(history: JiraHistory): Catalogue {
  const statuses = byId('status', history.statuses)
  const resolutions = byId('resolution', history.resolutions)
  const priorities = byId('priority', history.priorities)
  const issueTypes = byId('issue type', history.issueTypes)
  const fields = byId('field', history.fields)
  const users = new Map([...history.users, history.site.account].map((user) => [user.accountId, user]))
  const userJsons = new Map<string, JsonObject>()

  const user = (accountId: string): JiraUser => {
    const known = users.get(accountId)
    if (known === undefined)
      throw new Error(`no user ${accountId} on this site: add it to the history's users`)
    return known
  }
  const findProject = (name: string): Project | undefined =>
    history.projects.find(
      (project) =>
        project.id === name ||
        project.key.toUpperCase() === name.toUpperCase() ||
        project.name.toUpperCase() === name.toUpperCase(),
    )

  return {
    status: statuses,
    resolution: resolutions,
    priority: priorities,
    issueType: issueTypes,
    field: fields,
    findProject,
    project(idOrKey) {
      const project = findProject(idOrKey)
      if (project === undefined) throw new Error(`no project ${idOrKey} on this site`)
      return project
    },
    board: (id) => history.boards.find((board) => board.id === id),
    user,
    userJson(accountId) {
      const known = userJsons.get(accountId) ?? userJson(user(accountId), history.site.baseUrl)
      userJsons.set(accountId, known)
      return known
    },
  }
}

function byId<T extends { readonly id: string }>(kind: string, entries: readonly T[]): (id: string) => T {
  const known = new Map(entries.map((entry) => [entry.id, entry]))
  return (id) => {
    const entry = known.get(id)
    if (entry === undefined) {
      throw new Error(`no ${kind} ${id} on this site; it has ${[...known.keys()].slice(0, 12).join(', ')}`)
    }
    return entry
  }
}
