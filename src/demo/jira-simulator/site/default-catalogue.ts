import type {
  CatalogueEntry,
  FieldDefinition,
  FieldIds,
  IssueType,
  JsonObject,
  Project,
  Status,
  StatusCategoryKey,
  StoredLinkType,
} from './jira-history.ts'
import { avatarUrls } from './user-json.ts'

/** Builders for the parts of a site that no data describes, in the shapes Jira shows them. */

const CATEGORIES: Readonly<Record<StatusCategoryKey, JsonObject>> = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
}

export function makeStatus(baseUrl: string, id: string, name: string, category: StatusCategoryKey): Status {
  const { id: categoryId } = CATEGORIES[category]
  const statusCategory = {
    self: `${baseUrl}/rest/api/2/statuscategory/${String(categoryId)}`,
    ...CATEGORIES[category],
  }
  return {
    id,
    name,
    category,
    json: { ...entryJson(baseUrl, 'status', id, name), iconUrl: baseUrl, statusCategory },
  }
}

export function makeResolution(baseUrl: string, id: string, name: string): CatalogueEntry {
  return { id, name, json: entryJson(baseUrl, 'resolution', id, name) }
}

export function makePriority(baseUrl: string, id: string, name: string): CatalogueEntry {
  const { self } = entryJson(baseUrl, 'priority', id, name)
  return { id, name, json: { self, iconUrl: `${baseUrl}/images/icons/priorities/${id}.svg`, name, id } }
}

export function makeIssueType(baseUrl: string, id: string, name: string, hierarchyLevel: number): IssueType {
  const json = {
    ...entryJson(baseUrl, 'issuetype', id, name),
    iconUrl: `${baseUrl}/images/icons/issuetypes/${id}.svg`,
    subtask: hierarchyLevel < 0,
    avatarId: Number(id),
    hierarchyLevel,
  }
  return { id, name, hierarchyLevel, json }
}

export function makeProject(baseUrl: string, id: string, key: string, name: string): Project {
  const json = {
    self: `${baseUrl}/rest/api/2/project/${id}`,
    id,
    key,
    name,
    projectTypeKey: 'software',
    simplified: false,
    style: 'classic',
    isPrivate: false,
    avatarUrls: avatarUrls(`${baseUrl}/secure/projectavatar/${id}`),
  }
  return { id, key, name, json }
}

export function makeField(
  id: string,
  name: string,
  schema: { readonly type: string; readonly items?: string; readonly custom?: string },
): FieldDefinition {
  const isCustom = id.startsWith('customfield_')
  const customId = isCustom ? { customId: Number(id.slice('customfield_'.length)) } : { system: id }
  const json = {
    id,
    key: id,
    name,
    custom: isCustom,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: isCustom ? [`cf[${String(customId.customId)}]`, name] : [id],
    schema: { ...schema, ...customId },
  }
  return { id, name, json }
}

/** Of a custom field that holds a number. */
export const NUMBER_SCHEMA = {
  type: 'number',
  custom: 'com.atlassian.jira.plugin.system.customfieldtypes:float',
} as const

export const FLAG_FIELD_ID = 'customfield_10021'

/** The only option of the flag. */
export const IMPEDIMENT = { id: '10019', value: 'Impediment' } as const

/** The types of links that every Jira is born with. */
export const LINK_TYPES = [
  { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10001', name: 'Cloners', inward: 'is cloned by', outward: 'clones' },
  { id: '10002', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
  { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
] as const satisfies readonly StoredLinkType[]

/** System fields, and the custom fields that Jira Software brings. */
export function usualFields(ids: FieldIds): FieldDefinition[] {
  const text = { type: 'string' }
  return [
    makeField('summary', 'Summary', text),
    makeField('description', 'Description', text),
    makeField('issuetype', 'Issue Type', { type: 'issuetype' }),
    makeField('project', 'Project', { type: 'project' }),
    makeField('status', 'Status', { type: 'status' }),
    makeField('resolution', 'Resolution', { type: 'resolution' }),
    makeField('priority', 'Priority', { type: 'priority' }),
    makeField('labels', 'Labels', { type: 'array', items: 'string' }),
    makeField('assignee', 'Assignee', { type: 'user' }),
    makeField('reporter', 'Reporter', { type: 'user' }),
    makeField('creator', 'Creator', { type: 'user' }),
    makeField('created', 'Created', { type: 'datetime' }),
    makeField('updated', 'Updated', { type: 'datetime' }),
    makeField('parent', 'Parent', { type: 'issuelink' }),
    makeField('duedate', 'Due date', { type: 'date' }),
    makeField(ids.sprint, 'Sprint', {
      type: 'array',
      items: 'json',
      custom: 'com.pyxis.greenhopper.jira:gh-sprint',
    }),
    makeField(ids.points, 'Story Points', NUMBER_SCHEMA),
    makeField(FLAG_FIELD_ID, 'Flagged', {
      type: 'array',
      items: 'option',
      custom: 'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes',
    }),
    makeField(ids.epicLink, 'Epic Link', {
      type: 'any',
      custom: 'com.pyxis.greenhopper.jira:gh-epic-link',
    }),
  ]
}

function entryJson(baseUrl: string, kind: string, id: string, name: string): JsonObject {
  return { self: `${baseUrl}/rest/api/2/${kind}/${id}`, id, description: '', name }
}
