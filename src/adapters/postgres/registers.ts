import { supersedes, type Version } from '../../domain/mirror/facts.ts'

export interface Register<Content> {
  readonly version: Version
  readonly content: Content
}

/**
 * Folds sightings into stored last-writer-wins registers: for each key the winner, if it is not the stored one.
 * The caller holds the site's lock, so what was read is still what is stored.
 */
export function winners<Key, Content>(
  sightings: Iterable<readonly [Key, Register<Content>]>,
  stored: ReadonlyMap<Key, Register<Content>>,
): Map<Key, Register<Content>> {
  const won = new Map<Key, Register<Content>>()
  for (const [key, sighting] of sightings) {
    const standing = won.get(key) ?? stored.get(key)
    if (standing === undefined || supersedes(sighting, standing)) won.set(key, sighting)
  }
  return won
}
