import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { table } from '../../cli/table.ts'
import { closingResponse, rollOverResponse } from '../../contracts/api/closing.ts'
import type { RunningService } from '../demo-service.ts'
import { scoreText } from '../../domain/retrospective/markdown-text.ts'

const NEXT_CYCLE = {
  key: '2027-Q1',
  title: 'First quarter of 2027',
  startDay: '2027-01-01',
  endDay: '2027-03-31',
  timeZone: 'Europe/Berlin',
}

/**
 * Closes the cycle: prints the grades and the retrospective, writes it and the map of the goals into `folder`, carries
 * what is unfinished into the next cycle.
 */
export async function closeQuarter(
  running: RunningService,
  folder: string,
  print: (line: string) => void,
): Promise<void> {
  const { call } = running
  const { retrospective } = closingResponse.parse(await call('POST', '/api/v1/cycles/2026-Q4/close', {}))
  print('\n2026-Q4 is closed. Grades:\n')
  print(
    table(
      ['', 'title', 'measure', 'grade', ''],
      retrospective.objectives.flatMap(({ key, title, ambition, grade, keyResults }) => [
        [key, title, ambition, scoreText(grade.score), grade.verdict ?? ''],
        ...keyResults.map((one) => [
          `  ${one.key}`,
          one.title,
          one.measure.replace('_', ' '),
          scoreText(one.grade.score),
          one.grade.verdict,
        ]),
      ]),
    ),
  )

  const markdown = await readText(running, '/api/v1/cycles/2026-Q4/retrospective', 'text/markdown')
  print(`\n${markdown}`)
  const files = {
    [join(folder, 'retrospective-2026-Q4.md')]: markdown,
    [join(folder, 'alignment-2026-Q4.svg')]: await readText(
      running,
      '/api/v1/alignment.svg?cycle=2026-Q4',
      'image/svg+xml',
    ),
  }

  await call('POST', '/api/v1/cycles', NEXT_CYCLE)
  const carried = rollOverResponse.parse(
    await call('POST', '/api/v1/cycles/2026-Q4/roll-over', { into: NEXT_CYCLE.key, rebaseline: true }),
  )
  print(`Carried into ${carried.into}, with links, check-ins and history:`)
  for (const { keyResult, objective, title, rebaselined } of carried.keyResults) {
    const start = rebaselined === null ? '' : ` (starts from ${rebaselined.to}, not ${rebaselined.from})`
    print(`  ${keyResult} in ${objective}  ${title}${start}`)
  }
  print('')
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(file, text)
    print(`Written: ${file}`)
  }
}

async function readText(
  { address, adminToken }: RunningService,
  path: string,
  accept: string,
): Promise<string> {
  const headers = { authorization: `Bearer ${adminToken}`, accept }
  const response = await fetch(`${address}${path}`, { headers })
  if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`)
  return response.text()
}
