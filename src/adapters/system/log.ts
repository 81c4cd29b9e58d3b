import { pino, type Logger } from 'pino'

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

/** JSON lines on standard output. */
export function createLog(level: string): Logger {
  return pino({ level, redact: { paths: REDACTED, censor: '[redacted]' }, base: null })
}
