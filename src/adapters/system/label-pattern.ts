import { RE2JS } from 're2js'
import { parseKeyResultKey } from '../../domain/ids.ts'
import type { LinkRules } from '../../domain/links/link-rules.ts'

/** Jira allows labels of 255 characters. */
const LONGEST_LABEL = 255

/**
 * Compiles a label pattern with RE2, whose time is linear in the label: a pattern such as `^(a+)+$` holds V8's own
 * engine for seconds over thirty characters, and patterns come from tenants.
 *
 * @throws SyntaxError for a pattern that RE2 does not take (back references, look-around) or that has no group
 */
export function compileLinkRules(labelPattern: string): LinkRules {
  const known = compiled.get(labelPattern)
  if (known !== undefined) return known
  const rules = compile(labelPattern)
  compiled.set(labelPattern, rules)
  return rules
}

/** A site's pattern is compiled once a process; there are as many as sites. */
const compiled = new Map<string, LinkRules>()

function compile(labelPattern: string): LinkRules {
  let pattern: RE2JS
  try {
    pattern = RE2JS.compile(labelPattern, RE2JS.CASE_INSENSITIVE)
  } catch (cause) {
    throw new SyntaxError(
      `the label pattern is not RE2 syntax: ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    )
  }
  if (pattern.groupCount() < 1) {
    throw new SyntaxError('the label pattern has no group; its first group must hold the key or its number')
  }
  return {
    keyResultOfLabel: (label) => {
      if (label.length > LONGEST_LABEL) return null
      const match = pattern.matcher(label)
      if (!match.find()) return null
      const named = match.group(1) ?? ''
      return parseKeyResultKey(/^[0-9]+$/.test(named) ? `KR-${named.replace(/^0+/, '')}` : named)
    },
  }
}
