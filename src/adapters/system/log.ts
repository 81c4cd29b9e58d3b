import { destination, pino, type Logger } from 'pino'

/** Headers and fields that carry credentials, wherever they stand in a log line. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-hub-signature"]',
  '*.authorization',
  '*.password',
  '*.token',
  '*.secret',
  '*.apiToken',
]

/** JSON lines: of a service on standard output, of a command beside what it prints for people. */
export function createLog(level: string, output: 'stdout' | 'stderr' = 'stdout'): Logger {
  const options = { level, redact: { paths: REDACTED, censor: '[redacted]' }, base: null }
  return pino(options, destination(output === 'stdout' ? 1 : 2))
}
