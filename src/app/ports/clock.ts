import type { EpochMs } from '../../domain/time.ts'

/** The only source of the current instant. The demo and replays run on their own time. */
export interface Clock {
  now(): EpochMs
}
