import { siteId } from './fields.ts'

/** Where a page of things of Jira sites ends: `main/10021`. Issue and sprint ids are digits. */
export function siteCursor(site: string, id: string | number): string {
  return `${site}/${id}`
}

/** null for a text that no page ended with. */
export function parseSiteCursor(text: string): { readonly siteId: string; readonly id: string } | null {
  const slash = text.lastIndexOf('/')
  const site = siteId.safeParse(text.slice(0, Math.max(0, slash)))
  const id = text.slice(slash + 1)
  return site.success && /^\d{1,30}$/.test(id) ? { siteId: site.data, id } : null
}
