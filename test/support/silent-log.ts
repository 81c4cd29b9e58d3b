import type { Log } from '../../src/app/ports/log.ts'

/** For code under test whose log lines nobody asserts. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
