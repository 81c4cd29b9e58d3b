import type { WarningFacts } from '../warnings/signal.ts'
import { plainText } from './plain-text.ts'

const POLICY_LENGTH = 60
const ISSUE_KEY_LENGTH = 60
const CONFLICTS_SHOWN = 5

/** The facts of a warning as people read them: texts are one visible line of bounded length. */
export function shownFacts({ numbers, detail }: WarningFacts): WarningFacts {
  return {
    numbers: { ...numbers, policy: plainText(numbers.policy, POLICY_LENGTH) },
    detail:
      detail.kind === 'conflict'
        ? {
            ...detail,
            issueKey: plainText(detail.issueKey, ISSUE_KEY_LENGTH),
            others: detail.others.slice(0, CONFLICTS_SHOWN),
          }
        : detail,
  }
}
