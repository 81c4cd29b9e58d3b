import type { MirrorRecords } from '../../app/ports/mirror.ts'
import type { Executor } from './executor.ts'
import { createMirrorBlockingRecords } from './mirror-blocking.ts'
import { createMirrorCatalogRecords } from './mirror-catalog.ts'
import { createMirrorDeletionRecords } from './mirror-deletions.ts'
import { createMirrorIssueRecords } from './mirror-issues.ts'
import { createMirrorReferenceRecords } from './mirror-references.ts'
import { createMirrorSprintRecords } from './mirror-sprints.ts'

export function createMirrorRecords(db: Executor): MirrorRecords {
  return {
    ...createMirrorIssueRecords(db),
    ...createMirrorBlockingRecords(db),
    ...createMirrorDeletionRecords(db),
    ...createMirrorSprintRecords(db),
    ...createMirrorCatalogRecords(db),
    ...createMirrorReferenceRecords(db),
  }
}
