import type { JiraUser, JsonObject } from './jira-history.ts'

/** A user as Jira shows one in issues, comments, changelogs and events. */
export function userJson(user: JiraUser, baseUrl: string): JsonObject {
  return {
    self: `${baseUrl}/rest/api/2/user?accountId=${encodeURIComponent(user.accountId)}`,
    accountId: user.accountId,
    ...(user.emailAddress === undefined ? {} : { emailAddress: user.emailAddress }),
    avatarUrls: avatarUrls(`${baseUrl}/initials/${encodeURIComponent(user.displayName.slice(0, 1))}.png`),
    displayName: user.displayName,
    active: user.active,
    timeZone: user.timeZone,
    accountType: user.accountType,
  }
}

export function avatarUrls(url: string): JsonObject {
  return { '48x48': url, '24x24': `${url}?s=24`, '16x16': `${url}?s=16`, '32x32': `${url}?s=32` }
}
