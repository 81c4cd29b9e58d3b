import type { GoalKey, ObjectiveLevel } from '../../goals.ts'
import type { KeyResultKey } from '../../ids.ts'
import type { AlignedKeyResult } from '../aligned-goals.ts'
import type { Alignment, AlignmentNode } from '../alignment.ts'
import { LEVELS } from '../conflicts.ts'
import { linesOf } from './text-lines.ts'

/** Where everything of a map is, in pixels. */
export const CARD = { width: 300, padding: 12, header: 30, titleLine: 18, bar: 16, row: 22, foot: 8 } as const
export const TITLE_SIZE = 14
export const ROW_SIZE = 12
export const COLUMN_GAP = 96
const CARD_GAP = 18
export const MARGIN = 32
/** The map's own title, legend and column names. */
export const HEAD = 112

const TITLE_LINES = 3
const MOST_ROWS = 12

export interface CardRow {
  readonly keyResult: AlignedKeyResult
  /** The middle of the row. */
  readonly y: number
}

export interface Card {
  readonly node: AlignmentNode
  readonly x: number
  readonly y: number
  readonly height: number
  readonly titleLines: readonly string[]
  readonly rows: readonly CardRow[]
  /** Key results that have no row. */
  readonly unlisted: number
  readonly column: number
  /** The card it supports, and where on it; null: none. */
  readonly parent: { readonly card: Card; readonly y: number } | null
}

export interface MapLayout {
  /** Parents before their children. */
  readonly cards: readonly Card[]
  /** Where the middle of a key result's row is, and on which card. */
  readonly places: ReadonlyMap<KeyResultKey, { readonly card: Card; readonly y: number }>
  /** What all of a column is; null where it is mixed. */
  readonly columns: readonly (ObjectiveLevel | null)[]
  readonly width: number
  readonly height: number
}

/**
 * Places every objective of an alignment, left to right by level, what supports it to the right of it. Each subtree has
 * a band of its own, so no two cards overlap; an objective stands at the head of what supports it, so that a long map
 * begins with the company.
 */
export function layOut({ roots }: Pick<Alignment, 'roots'>): MapLayout {
  const present = LEVELS.filter((level) => roots.some((root) => holds(root, level)))
  const cards: Card[] = []
  const places = new Map<KeyResultKey, { card: Card; y: number }>()

  const place = (node: AlignmentNode, y: number, parent: Card | null): number => {
    const column = Math.max(present.indexOf(node.objective.level), parent === null ? 0 : parent.column + 1)
    const content = contentOf(node)
    const x = MARGIN + column * (CARD.width + COLUMN_GAP)
    const supported = parent === null ? null : { card: parent, y: anchorOf(parent, node.objective.parent) }
    const card: Card = {
      node,
      x,
      y,
      column,
      ...content,
      rows: content.rows.map((row) => ({ ...row, y: y + row.y })),
      parent: supported,
    }
    cards.push(card)
    for (const row of card.rows) places.set(row.keyResult.key, { card, y: row.y })
    let next = y
    for (const child of node.children) next += place(child, next, card) + CARD_GAP
    return bandOf(node)
  }

  const contents = new Map<AlignmentNode, Content>()
  const contentOf = (node: AlignmentNode): Content => {
    const known = contents.get(node)
    if (known !== undefined) return known
    const content = contentOfCard(node)
    contents.set(node, content)
    return content
  }
  const bands = new Map<AlignmentNode, number>()
  const bandOf = (node: AlignmentNode): number => {
    const known = bands.get(node)
    if (known !== undefined) return known
    const below = node.children.reduce((sum, child) => sum + bandOf(child), 0) + gaps(node)
    const band = Math.max(contentOf(node).height, below)
    bands.set(node, band)
    return band
  }

  let top = MARGIN + HEAD
  for (const root of roots) top += place(root, top, null) + CARD_GAP
  const columns = 1 + Math.max(0, ...cards.map(({ column }) => column))
  return {
    cards,
    places,
    columns: Array.from({ length: columns }, (_, column) => levelOf(cards, column)),
    width: Math.max(MARGIN * 2 + columns * (CARD.width + COLUMN_GAP) - COLUMN_GAP, LEAST_WIDTH),
    height: top + MARGIN,
  }
}

/** The legend needs this much. */
const LEAST_WIDTH = 900

function gaps({ children }: AlignmentNode): number {
  return Math.max(0, children.length - 1) * CARD_GAP
}

type Content = Pick<Card, 'titleLines' | 'rows' | 'unlisted' | 'height'>

/** What stands on a card, from its upper edge on. */
function contentOfCard({ objective, keyResults }: AlignmentNode): Content {
  const titleLines = linesOf(objective.title, (CARD.width - CARD.padding * 2) / TITLE_SIZE, TITLE_LINES)
  const listed = keyResults.slice(0, keyResults.length > MOST_ROWS ? MOST_ROWS - 1 : MOST_ROWS)
  const unlisted = keyResults.length - listed.length
  const first = CARD.header + titleLines.length * CARD.titleLine + CARD.bar
  const rows = listed.map((keyResult, index) => ({ keyResult, y: first + (index + 0.5) * CARD.row }))
  const height = first + (rows.length + Math.sign(unlisted)) * CARD.row + CARD.foot
  return { titleLines, rows, unlisted, height }
}

/** Where on a card the line of what supports it ends: at the key result it supports, else at the card's head. */
function anchorOf({ rows, y, node, height }: Card, parent: GoalKey | null): number {
  const row = rows.find(({ keyResult }) => keyResult.key === parent)
  if (row !== undefined) return row.y
  const isUnlisted = node.keyResults.some(({ key }) => key === parent)
  return isUnlisted ? y + height - CARD.foot - CARD.row / 2 : y + CARD.header / 2
}

function holds(node: AlignmentNode, level: ObjectiveLevel): boolean {
  return node.objective.level === level || node.children.some((child) => holds(child, level))
}

function levelOf(cards: readonly Card[], column: number): ObjectiveLevel | null {
  const levels = new Set(
    cards.filter((card) => card.column === column).map(({ node }) => node.objective.level),
  )
  return levels.size === 1 ? ([...levels][0] ?? null) : null
}
