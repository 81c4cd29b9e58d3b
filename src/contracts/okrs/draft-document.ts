import type { DocumentPath } from '../../domain/okrs/okr-document.ts'
import { okrDraft, type OkrDraft } from '../api/lint.ts'
import type { DocumentProblem } from './okr-document.ts'
import { parseYaml } from './yaml-text.ts'

export type ReadDraft =
  | {
      readonly kind: 'draft'
      readonly draft: OkrDraft
      readonly lineOf: (path: DocumentPath) => number | null
    }
  | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] }

/** Reads a file of OKRs that may lack keys, measures and whatever else `apply` needs: to lint it, its texts are enough. */
export function readOkrDraft(text: string): ReadDraft {
  const parsed = parseYaml(text)
  if (parsed.kind === 'problems') {
    return {
      kind: 'problems',
      problems: parsed.problems.map(({ line, message }) => ({ line, path: '', message })),
    }
  }
  const { value, lineOf } = parsed
  const result = okrDraft.safeParse(value)
  if (result.success) return { kind: 'draft', draft: result.data, lineOf }
  const problems = result.error.issues.map(({ path, message }) => {
    const place = path.map((step) => (typeof step === 'number' ? step : String(step)))
    return { line: lineOf(place), path: place.join('.'), message }
  })
  return { kind: 'problems', problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}
