import { Readable } from 'node:stream'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ThroughlineError } from '../../app/errors.ts'
import { CSV_EXPORTS, exportCsv, exportJson } from '../export-stream.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'

const params = z.object({
  file: z.string().meta({
    description: `A table and \`.csv\`: ${CSV_EXPORTS.join(', ')}.`,
    examples: ['key-results.csv'],
  }),
})

/** `GET /export` and `GET /export/key-results.csv`: everything leaves as easily as it came. */
export function exportRoutes({
  database: { records },
  clock,
}: Pick<HttpDeps, 'database' | 'clock'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/export',
      {
        schema: {
          operationId: 'exportEverything',
          summary: 'Export everything as JSON',
          description:
            'A line of JSON for each row (`application/jsonl`): cycles and what they came to, teams, policies, templates, ' +
            'objectives, key results, initiatives, check-ins, ticked steps, KPIs and their values, Jira sites and links ' +
            'made by hand, what moved, snapshots, warnings, digests and the audit log; archived goals too. The first line ' +
            'says when it began, the last how many rows there were: without it the download was cut off.',
          tags: ['Import and export'],
          response: {
            200: { description: 'Every row.', content: { 'application/jsonl': { schema: z.unknown() } } },
            ...readProblems(),
          },
        },
      },
      (_request, reply) =>
        reply
          .type('application/jsonl')
          .header('cache-control', 'no-store')
          .send(Readable.from(exportJson(records, clock.now()))),
    )

    app.get(
      '/export/:file',
      {
        schema: {
          operationId: 'exportTable',
          summary: 'Export a table as CSV',
          description:
            'Objectives, key results, initiatives and KPIs that are not archived, and check-ins, in the columns that the ' +
            'import reads: imported again they change nothing. The other tables are only to be read.',
          tags: ['Import and export'],
          params,
          response: {
            200: { description: 'The table.', content: { 'text/csv': { schema: z.unknown() } } },
            ...readProblems(404),
          },
        },
      },
      ({ params: { file } }, reply) => {
        const table = CSV_EXPORTS.find((name) => `${name}.csv` === file)
        if (table === undefined) {
          throw new ThroughlineError(
            'OKR_NOT_FOUND',
            `There is no table ${file}. There are ${CSV_EXPORTS.map((name) => `${name}.csv`).join(', ')}.`,
          )
        }
        return reply
          .type('text/csv; charset=utf-8')
          .header('cache-control', 'no-store')
          .header('content-disposition', `attachment; filename="${file}"`)
          .send(Readable.from(exportCsv(records, table)))
      },
    )
    done()
  }
}
