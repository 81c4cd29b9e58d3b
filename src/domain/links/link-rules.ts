import { parseKeyResultKey, type KeyResultKey } from '../ids.ts'
import type { IssueState } from '../mirror/issue.ts'

/**
 * How a site's tags name key results. The label matcher is compiled outside (linear-time engine), so a tenant's
 * pattern cannot hang the service and the domain stays free of it.
 */
export interface LinkRules {
  readonly keyResultOfLabel: (label: string) => KeyResultKey | null
}

/** A label that cuts an issue off from what it would inherit. */
const OPT_OUT_LABEL = 'kr:none'

export type TagSource = 'label' | 'field'

export interface Tag {
  readonly keyResult: KeyResultKey
  readonly source: TagSource
  /** The label or field value that names the key result, as written in Jira. */
  readonly text: string
}

/**
 * The key results an issue names itself, by label and by custom field; the first naming of each wins. The field holds
 * keys, whatever labels look like; what is no key may still be written as a label is.
 */
export function ownTags(state: IssueState, rules: LinkRules): Tag[] {
  const tags = new Map<KeyResultKey, Tag>()
  const add = (source: TagSource, text: string, keyResult: KeyResultKey | null) => {
    if (keyResult !== null && !tags.has(keyResult)) tags.set(keyResult, { keyResult, source, text })
  }
  for (const label of [...state.labels].sort()) add('label', label, rules.keyResultOfLabel(label))
  for (const value of [...state.keyResultField].sort()) {
    add('field', value, parseKeyResultKey(value) ?? rules.keyResultOfLabel(value))
  }
  return [...tags.values()]
}

export function isOptedOut(state: IssueState): boolean {
  return state.labels.some((label) => label.toLowerCase() === OPT_OUT_LABEL)
}
