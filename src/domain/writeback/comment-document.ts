/**
 * A comment as blocks, before it becomes ADF (Cloud) or wiki text (Data Center). Text from users is only ever the
 * `text` of a run: no mention, link or markup can come from it.
 */
export interface CommentDocument {
  readonly blocks: readonly CommentBlock[]
}

export type CommentBlock =
  | { readonly kind: 'heading'; readonly runs: readonly CommentRun[] }
  | { readonly kind: 'paragraph'; readonly runs: readonly CommentRun[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly CommentRun[])[] }

export type CommentRun =
  | { readonly kind: 'text'; readonly text: string; readonly style?: 'strong' | 'code' }
  /** `href` is built by Throughline from its own address, never from a user's text. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  /**
   * Tells a Jira user. The account is one that an administrator named as an owner's, never a part of a text; `text` is
   * what is read where the account cannot be mentioned.
   */
  | { readonly kind: 'mention'; readonly text: string; readonly accountId: string }
  /** A lozenge. The word carries the meaning; the colour only repeats it. */
  | { readonly kind: 'status'; readonly text: string; readonly color: StatusColor }

export type StatusColor = 'neutral' | 'green' | 'yellow' | 'red'
