import { z } from 'zod'
import type { Clock } from '../../app/ports/clock.ts'
import type { Jira } from '../../app/ports/jira.ts'
import {
  jiraAccount,
  jiraFields,
  jiraGrantedPermissions,
  jiraProject,
  jiraResolutions,
  jiraStatuses,
} from '../../contracts/jira/rest.ts'
import { jiraLinkTypes } from '../../contracts/jira/links.ts'
import { FETCHED_RANK } from '../../domain/mirror/facts.ts'
import type { Deployment } from '../../domain/site.ts'
import type { JiraClient } from './client.ts'
import { allOf, offsetPages } from './pages.ts'
import type { JiraRequest } from './request.ts'

export type Catalogue = Pick<
  Jira,
  'whoAmI' | 'grantedPermissions' | 'fields' | 'linkTypes' | 'statuses' | 'resolutions' | 'projects'
>

/** What a site consists of: its account, permissions, fields, statuses, resolutions and projects. */
export function createCatalogue(client: JiraClient, deployment: Deployment, clock: Clock): Catalogue {
  const api = apiOf(deployment)
  const get = (resource: string, query: JiraRequest['query'] = {}): JiraRequest => ({
    method: 'GET',
    endpoint: `${api}/${resource}`,
    query,
    access: 'read',
  })
  // Taken before the request: what is read is at least as new as this.
  const fetchedVersion = () => ({ at: clock.now(), rank: FETCHED_RANK })

  async function allProjects() {
    // Data Center gives every project at once; Cloud gives pages of at most 100.
    if (deployment === 'datacenter') return client.ask(get('project'), z.array(jiraProject))
    return allOf(offsetPages(client, get('project/search', { maxResults: 100 }), jiraProject))
  }

  return {
    whoAmI: () => client.ask(get('myself'), jiraAccount),

    async grantedPermissions(keys) {
      const query = { permissions: keys.join(',') }
      const granted = await client.ask(get('mypermissions', query), jiraGrantedPermissions)
      return new Set(keys.filter((key) => granted.has(key)))
    },

    fields: () => client.ask(get('field'), jiraFields),

    linkTypes: () => client.ask(get('issueLinkType'), jiraLinkTypes),

    async statuses() {
      const version = fetchedVersion()
      const statuses = await client.ask(get('status'), jiraStatuses)
      return statuses.map((status) => ({ kind: 'status', version, ...status }))
    },

    resolutions: () => client.ask(get('resolution'), jiraResolutions),

    async projects() {
      const version = fetchedVersion()
      const projects = await allProjects()
      return projects.map((project) => ({ kind: 'project', version, ...project, deleted: false }))
    },
  }
}

export function apiOf(deployment: Deployment): string {
  return deployment === 'cloud' ? '/rest/api/3' : '/rest/api/2'
}
