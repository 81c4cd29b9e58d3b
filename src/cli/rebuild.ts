import { rebuildDerived } from '../app/rebuild-derived.ts'
import type { Settings } from '../config.ts'
import { say, withService } from './one-off.ts'
import { createProgressLine } from './progress-line.ts'

/** Builds every derived table again from the record and recomputes what moved. */
export async function rebuild(settings: Settings): Promise<void> {
  await withService(settings, async (service) => {
    const line = createProgressLine()
    const keyResults = await rebuildDerived(service, (issues) => line.show(`${issues} issues evaluated`))
    line.end()
    for (const key of keyResults) await service.work.recomputeNow(key)
    say(`Rebuilt the derived tables; ${keyResults.length} key results recomputed.`)
  })
}
