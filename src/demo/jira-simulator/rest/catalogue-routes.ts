import type { FastifyInstance } from 'fastify'
import type { EpochMs } from '../../../domain/time.ts'
import { LINK_TYPES } from '../site/default-catalogue.ts'
import { linkTypeJson } from '../site/issue-json.ts'
import type { RunningSite } from '../site/running-site.ts'
import { userJson } from '../site/user-json.ts'
import { issueInstant } from '../site/jira-time.ts'
import { offsetPage, only, queryOf, refuse } from './answers.ts'
import { PERMISSIONS, type Permissions } from './permissions.ts'

export interface CatalogueRoutesDeps {
  readonly site: RunningSite
  readonly permissions: Permissions
  now(): EpochMs
  servedUrl(): string
}

const ISSUE_TYPE_FIELDS = [
  'self',
  'id',
  'description',
  'iconUrl',
  'name',
  'subtask',
  'avatarId',
  'hierarchyLevel',
]
const PROJECT_FIELDS = [
  'expand',
  'self',
  'id',
  'key',
  'name',
  'avatarUrls',
  'projectTypeKey',
  'simplified',
  'style',
  'isPrivate',
  'properties',
  'entityId',
  'uuid',
]

/** Who asks, and what the site consists of. */
export function catalogueRoutes(app: FastifyInstance, deps: CatalogueRoutesDeps): void {
  const { site, permissions } = deps
  const { history } = site
  const { account, baseUrl } = history.site

  app.get('/rest/api/3/myself', () => ({
    ...userJson(account, baseUrl),
    locale: 'en_US',
    groups: { size: 1, items: [] },
    applicationRoles: { size: 1, items: [] },
    expand: 'groups,applicationRoles',
  }))

  app.get('/rest/api/3/mypermissions', (request, reply) => {
    const asked = (queryOf(request).get('permissions') ?? '').split(',').filter((key) => key !== '')
    if (asked.length === 0) return refuse(reply, 400, "The 'permissions' query parameter is required.")
    const unknown = asked.filter((key) => !Object.hasOwn(PERMISSIONS, key))
    if (unknown.length > 0) return refuse(reply, 400, `Unrecognized permission: ${unknown.join(', ')}`)
    const answers = asked.map((key, index) => [
      key,
      {
        id: String(index + 1),
        key,
        name: key.toLowerCase().replaceAll('_', ' '),
        type: PERMISSIONS[key],
        description: '',
        havePermission: permissions.has(key),
      },
    ])
    return { permissions: Object.fromEntries(answers) as unknown }
  })

  app.get('/rest/api/3/serverInfo', () => ({
    baseUrl: deps.servedUrl(),
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_277,
    buildDate: '2025-12-25T00:00:00.000+0000',
    serverTime: issueInstant(deps.now(), account.timeZone),
    scmInfo: '57a0ca5b',
    serverTitle: 'Jira',
  }))

  app.get('/rest/api/3/field', () => history.fields.map(({ json }) => json))
  app.get('/rest/api/3/status', () => history.statuses.map(({ json }) => json))
  app.get('/rest/api/3/resolution', () =>
    history.resolutions.map(({ json }) => only(json, ['self', 'id', 'description', 'name'])),
  )
  app.get('/rest/api/3/issueLinkType', () => ({
    issueLinkTypes: LINK_TYPES.map((type) => linkTypeJson(type, baseUrl)),
  }))
  app.get('/rest/api/3/issuetype', () => history.issueTypes.map(({ json }) => only(json, ISSUE_TYPE_FIELDS)))

  app.get('/rest/api/3/project/search', (request) => {
    const query = queryOf(request)
    const wanted = new Set(query.getAll('keys').flatMap((list) => list.split(',')))
    const projects = history.projects.filter(({ key }) => wanted.size === 0 || wanted.has(key))
    const page = offsetPage(projects, query, { usual: 50, max: 100 })
    const values = page.values.map(({ json }) => only(json, PROJECT_FIELDS))
    return { self: `${deps.servedUrl()}${request.url}`, ...page, values }
  })
}
