/** Classes of PostgreSQL's error codes that speak of the server or of a clash, not of the statement. */
const OUTAGE_CLASSES = ['08', '40', '53', '57', '58']
const OUTAGE_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']
/** Of class 08, but our own fault: a statement PostgreSQL cannot read. */
const PROTOCOL_VIOLATION = '08P01'
/** pg gives these no code. */
const OUTAGE_MESSAGES = [
  /^timeout exceeded when trying to connect/,
  /^timeout expired/,
  /^Connection terminated/,
  // How the rollback fails after the connection of a transaction was lost; it hides the first error.
  /is not queryable$/,
  /^Query read timeout/,
  /pool after calling end/,
]

/** True for an error that says that PostgreSQL cannot be reached or takes no work: trying again later may help. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === PROTOCOL_VIOLATION) return false
  if (OUTAGE_CODES.includes(code) || (code.length === 5 && OUTAGE_CLASSES.includes(code.slice(0, 2))))
    return true
  if (OUTAGE_MESSAGES.some((pattern) => pattern.test(error.message))) return true
  return error.cause !== undefined && isOutage(error.cause)
}
