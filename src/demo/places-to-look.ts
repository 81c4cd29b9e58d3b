import type { RunningService } from './demo-service.ts'

/** What a story leaves behind to look at: a name, and the request that shows it. */
type Place = readonly [name: string, request: string]

const AFTER_SPRINTS: readonly Place[] = [
  ['Key results', '$api/key-results'],
  ['Why KR-1 stands', '$api/key-results/KR-1/links'],
  ['Feed', '"$api/feed?after=0"'],
]

const AFTER_QUARTER: readonly Place[] = [
  ['Retrospective', `-H 'accept: text/markdown' $api/cycles/2026-Q4/retrospective`],
  ['Why KR-5 stands', '$api/key-results/KR-5/links'],
  ['Days of KR-3', '$api/key-results/KR-3/history'],
  ['Next quarter', '"$api/alignment?cycle=2027-Q1"'],
  ['Feed', '"$api/feed?after=0"'],
]

const NAME_WIDTH = 16

/** Where to look while the service stays up; each command can be pasted into a shell after the first two. */
export function placesToLook(
  { address, adminToken }: Pick<RunningService, 'address' | 'adminToken'>,
  { isQuarter }: { readonly isQuarter: boolean },
): string[] {
  const line = (name: string, text: string) => `  ${name.padEnd(NAME_WIDTH)} ${text}`
  return [
    'The service is still running. In a browser:',
    line('Reference page', `${address}/docs`),
    'In a second terminal:',
    line('First', `api=${address}/api/v1 auth='authorization: Bearer ${adminToken}'`),
    ...(isQuarter ? AFTER_QUARTER : AFTER_SPRINTS).map(([name, request]) =>
      line(name, `curl -fsS -H "$auth" ${request}`),
    ),
  ]
}
