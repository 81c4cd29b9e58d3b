import { okrDraft, type OkrDraft } from '../api/lint.ts'
import { byLine, schemaProblems, type DocumentProblem, type LineOf } from './document-problem.ts'
import { parseYaml } from './yaml-text.ts'

export type ReadDraft =
  | { readonly kind: 'draft'; readonly draft: OkrDraft; readonly lineOf: LineOf }
  | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] }

/** Reads a file of OKRs that may lack keys, measures and whatever else `apply` needs: to lint it, its texts are enough. */
export function readOkrDraft(text: string): ReadDraft {
  const parsed = parseYaml(text)
  if (parsed.kind === 'problems') return parsed
  const { value, lineOf } = parsed
  const result = okrDraft.safeParse(value)
  if (result.success) return { kind: 'draft', draft: result.data, lineOf }
  return { kind: 'problems', problems: byLine(schemaProblems(result.error.issues, value, lineOf)) }
}
