/** Permission keys the simulator knows, with their scope. */
export const PERMISSIONS: Readonly<Record<string, 'GLOBAL' | 'PROJECT'>> = {
  ADMINISTER: 'GLOBAL',
  SYSTEM_ADMIN: 'GLOBAL',
  USER_PICKER: 'GLOBAL',
  ADMINISTER_PROJECTS: 'PROJECT',
  BROWSE_PROJECTS: 'PROJECT',
  MANAGE_SPRINTS_PERMISSION: 'PROJECT',
  CREATE_ISSUES: 'PROJECT',
  EDIT_ISSUES: 'PROJECT',
  LINK_ISSUES: 'PROJECT',
  TRANSITION_ISSUES: 'PROJECT',
  ADD_COMMENTS: 'PROJECT',
  EDIT_OWN_COMMENTS: 'PROJECT',
  EDIT_ALL_COMMENTS: 'PROJECT',
  DELETE_OWN_COMMENTS: 'PROJECT',
  DELETE_ALL_COMMENTS: 'PROJECT',
}

/** Permissions the account of the REST credentials has. */
export type Permissions = ReadonlySet<string>

export const ALL_PERMISSIONS: Permissions = new Set(Object.keys(PERMISSIONS))
