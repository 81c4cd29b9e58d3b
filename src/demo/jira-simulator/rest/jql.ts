import type { EpochMs } from '../../../domain/time.ts'
import { jqlInstant } from '../site/jira-time.ts'

/** The part of JQL the simulator understands: conditions joined by AND, and one order. */
export interface JqlQuery {
  readonly conditions: readonly JqlCondition[]
  readonly order: { readonly by: 'created' | 'updated'; readonly descending: boolean }
}

export type JqlCondition =
  | { readonly kind: 'project' | 'key' | 'id'; readonly values: readonly string[] }
  | {
      readonly kind: 'created' | 'updated'
      readonly comparison: Comparison
      readonly at: EpochMs
    }

export type Comparison = '>=' | '>' | '<=' | '<'

export type JqlReading =
  | { readonly kind: 'query'; readonly query: JqlQuery }
  /** What Jira would say; anything outside the subset is refused as well, never misread. */
  | { readonly kind: 'refused'; readonly message: string }

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([(),])|([<>=!~]+)|([^\s(),<>=!~"']+))/gy

interface Token {
  readonly kind: 'text' | 'mark' | 'operator' | 'word'
  readonly text: string
}

/** @param timeZone of the account that asks: JQL has no zone of its own, and only minutes */
export function readJql(jql: string, timeZone: string): JqlReading {
  const tokens = tokensOf(jql)
  if (tokens === null) return refused('Error in the JQL Query: the query cannot be split into words.')
  try {
    return { kind: 'query', query: parse(tokens, timeZone) }
  } catch (error) {
    if (error instanceof JqlRefusal) return refused(error.message)
    throw error
  }
}

class JqlRefusal extends Error {}

function refused(message: string): JqlReading {
  return { kind: 'refused', message }
}

function parse(tokens: readonly Token[], timeZone: string): JqlQuery {
  let position = 0
  const peekWord = () => tokens[position]?.text.toUpperCase()
  const next = (): Token => {
    const token = tokens[position++]
    if (token === undefined) throw new JqlRefusal('Error in the JQL Query: the query ends too early.')
    return token
  }
  const nextValue = (): string => {
    const token = next()
    if (token.kind === 'text' || token.kind === 'word') return token.text
    throw new JqlRefusal(`Error in the JQL Query: expecting a value but got '${token.text}'.`)
  }
  const nextMark = (...marks: string[]): string => {
    const token = next()
    if (token.kind === 'mark' && marks.includes(token.text)) return token.text
    throw new JqlRefusal(`Error in the JQL Query: expecting ${marks.join(' or ')} but got '${token.text}'.`)
  }
  const valueList = (): string[] => {
    nextMark('(')
    const values = [nextValue()]
    while (nextMark(',', ')') === ',') values.push(nextValue())
    return values
  }

  const condition = (): JqlCondition => {
    const field = next().text.toLowerCase()
    const operator = next().text.toLowerCase()
    switch (field) {
      case 'project':
      case 'key':
      case 'issuekey':
      case 'issue':
      case 'id': {
        const kind = field === 'issuekey' || field === 'issue' ? 'key' : field
        if (operator === '=') return { kind, values: [nextValue()] }
        if (operator === 'in') return { kind, values: valueList() }
        throw unsupported(`the operator '${operator}' for the field '${field}'`)
      }
      case 'created':
      case 'updated':
        if (!isComparison(operator)) throw unsupported(`the operator '${operator}' for the field '${field}'`)
        return { kind: field, comparison: operator, at: instant(field, nextValue(), timeZone) }
    }
    throw unsupported(`the field '${field}'`)
  }

  const conditions: JqlCondition[] = []
  while (position < tokens.length && peekWord() !== 'ORDER') {
    if (conditions.length > 0) {
      if (peekWord() !== 'AND') throw unsupported(`'${next().text}' between conditions`)
      position++
    }
    conditions.push(condition())
  }
  if (conditions.length === 0) {
    throw new JqlRefusal(
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    )
  }
  if (position === tokens.length) return { conditions, order: { by: 'created', descending: true } }
  position++
  if (next().text.toUpperCase() !== 'BY') throw unsupported("'ORDER' without 'BY'")
  const by = next().text.toLowerCase()
  if (by !== 'created' && by !== 'updated') throw unsupported(`the order by '${by}'`)
  const direction = position < tokens.length ? next().text.toUpperCase() : 'ASC'
  if ((direction !== 'ASC' && direction !== 'DESC') || position < tokens.length) {
    throw unsupported('an order by more than one field')
  }
  return { conditions, order: { by, descending: direction === 'DESC' } }
}

function instant(field: string, text: string, timeZone: string): EpochMs {
  const at = jqlInstant(text, timeZone)
  if (at !== null) return at
  throw new JqlRefusal(
    `Date value '${text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', ` +
      "'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd'.",
  )
}

function unsupported(what: string): JqlRefusal {
  return new JqlRefusal(`Error in the JQL Query: ${what} is not supported here.`)
}

function isComparison(operator: string): operator is Comparison {
  return operator === '>=' || operator === '>' || operator === '<=' || operator === '<'
}

function tokensOf(jql: string): Token[] | null {
  const text = jql.trim()
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text)
    if (match === null) return null
    const [, double, single, mark, operator, word] = match
    const quoted = double ?? single
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replace(/\\(.)/g, '$1') })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator })
    else tokens.push({ kind: 'word', text: word! })
  }
  return tokens
}
