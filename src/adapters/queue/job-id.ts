/**
 * An id as BullMQ accepts it in a deduplication id: no colon (its own separator) and never an integer. Injective over
 * every string, halves of surrogate pairs included, so two ids never share a job.
 */
export function encodeJobId(id: string): string {
  const encoded = id.replace(
    /[^A-Za-z0-9-]/g,
    (unit) => `_${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `id-${encoded}`
}
