/** Account ids of Cloud and user names of Data Center; none can end a mention or begin other markup. */
const ACCOUNT_NAME = /^[\p{L}\p{N}._@+:-]{1,255}$/u

/** True for a text that can name a Jira account, and can stand in a mention as it is. */
export function isAccountName(text: string): boolean {
  return ACCOUNT_NAME.test(text)
}
