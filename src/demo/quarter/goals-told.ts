import type { OkrDocument } from '../../domain/okrs/okr-document.ts'

type Objective = OkrDocument['objectives'][number]

/** The goals of a file before anything has happened: level, ambition, what they support, and how each is measured. */
export function goalsTold({ objectives, kpis }: OkrDocument): string[] {
  return [
    ...objectives.flatMap((objective) => [
      `  ${objective.key} ${objectiveWords(objective)}: ${objective.title}`,
      ...objective.keyResults.map(
        ({ key, measure, title }) => `    ${key}  ${measure.kind.replace('_', ' ').padEnd(10)}  ${title}`,
      ),
    ]),
    ...kpis.map(({ key, title }) => `  ${key}, a number to keep an eye on: ${title}`),
  ]
}

function objectiveWords({ level, ambition, parent, contributionWeight }: Objective): string {
  const supports =
    parent === null ? '' : `, ${contributionWeight === null ? 'supports' : 'counts for'} ${parent}`
  return `${level}, ${ambition}${supports}`
}
