/** A file of OKRs, as large as a whole company's: every objective below the first supports one, and depends on one. */
export function manyKeyResults(objectives: number, each: number): string {
  const lines = [
    'version: 1',
    'cycles: [{ key: 2026-Q4, title: Q4, startDay: 2026-10-01, endDay: 2026-12-31 }]',
    'objectives:',
  ]
  for (let nth = 0; nth < objectives; nth++) {
    const parent = nth === 0 ? '' : `, parent: O-${Math.ceil(nth / 10)}`
    lines.push(`  - { key: O-${nth + 1}, cycle: 2026-Q4, title: Objective ${nth + 1}${parent}, keyResults: [`)
    for (let index = 1; index <= each; index++) {
      const number = nth * each + index
      const needs = nth === 0 ? '' : `, dependsOn: [KR-${number - each}]`
      const title = `Result ${index} of objective ${nth + 1}`
      const measure = "{ kind: metric, unit: '%', baseline: 9, target: 4 }"
      lines.push(`      { key: KR-${number}, title: ${title}, measure: ${measure}${needs} },`)
    }
    lines.push('    ] }')
  }
  return lines.join('\n')
}
