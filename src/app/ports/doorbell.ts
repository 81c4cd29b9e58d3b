/**
 * What can be rung for. Each names a queue; the bell carries one id and nothing else: the handler re-reads state.
 *
 * - `recompute`: one key result
 * - `recompute-many`: a batch of them, which one change of many has marked
 */
export type Bell = 'deliveries' | 'recompute' | 'recompute-many' | 'comments'

/**
 * The queue as a doorbell. A ring may be lost, doubled or merged with another of the same bell and id that has not
 * run yet; a run always follows the last ring. PostgreSQL is the record, so a lost ring costs the sweeper's interval.
 */
export interface Doorbell {
  /** Resolves when the ring is stored or has failed: a failed ring is logged, never thrown. */
  ring(bell: Bell, id: string): Promise<void>
  /** Forgets that a ring of this id waits: what remembered it may have died with the store, and blocks new ones. */
  free(bell: Bell, id: string): Promise<void>
  close(): Promise<void>
}

/** Runs `handle` for each ring. Runs of one id never overlap; a throw is a run that failed and is tried again. */
export interface DoorbellListener {
  /** Resolves when it listens, or after a moment when the store is away: it then begins as soon as it can. */
  listen(bell: Bell, handle: (id: string) => Promise<void>, options: { concurrency: number }): Promise<void>
  /** Lets running handlers finish, within `timeoutMs`. */
  close(timeoutMs: number): Promise<void>
}
