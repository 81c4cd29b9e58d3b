import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { ThroughlineError } from '../../app/errors.ts'
import { hintsOnImport } from '../../app/goals/hints-on-many.ts'
import { importOkrs, previewImport } from '../../app/okr-import/import-okrs.ts'
import { presentHintsOnMany } from '../../contracts/api/lint.ts'
import { MOST_CSV_BYTES } from '../../contracts/okrs-csv/decode-text.ts'
import {
  csvOptionsOf,
  importQuery,
  importResponse,
  presentImport,
} from '../../contracts/okrs-csv/import-request.ts'
import { readOkrsCsv } from '../../contracts/okrs-csv/read-okrs-csv.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { lintOptionsOf } from '../lint-options.ts'
import { writeProblems } from '../openapi.ts'

/** `POST /import`: a CSV file of goals, as `throughline import` reads it. */
export function importRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const change = { database, clock, doorbell }

  return (app, _options, done) => {
    app.addContentTypeParser(
      ['text/csv', 'text/tab-separated-values'],
      { parseAs: 'buffer', bodyLimit: MOST_CSV_BYTES },
      (_request, body, parsed) => parsed(null, body),
    )
    app.post(
      '/import',
      {
        bodyLimit: MOST_CSV_BYTES,
        config: { authorship: 'query' },
        schema: {
          operationId: 'importGoals',
          summary: 'Import goals from CSV',
          description:
            'Takes a table (`text/csv`, UTF-8 or UTF-16) of objectives, key results, initiatives, KPIs and check-ins: our ' +
            'columns, or those of another tool. Either every line is imported or none; what becomes of each is told line ' +
            'by line. The same file again changes nothing.',
          tags: ['Import and export'],
          querystring: importQuery,
          response: { 200: importResponse, ...writeProblems(409) },
        },
      },
      async (request) => {
        const { query, body } = request
        const csv = readOkrsCsv(bytesOf(body), csvOptionsOf(query))
        if (csv.kind === 'unreadable') {
          throw new ThroughlineError('OKR_INPUT_INVALID', `The file ${csv.why}`)
        }
        const options = { cycle: query.cycle ?? null, skipsBroken: query.skipBroken === 'true' }
        const isDry = query.dryRun === 'true'
        const report = isDry
          ? await previewImport(change, csv.rows, options)
          : await importOkrs(changeBy(change, request), csv.rows, options)
        const hints = await hintsOnImport(database.records, report, lintOptionsOf(request))
        return { ...presentImport(csv, report), ...presentHintsOnMany(hints) }
      },
    )
    done()
  }
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body
  throw new ThroughlineError(
    'OKR_MEDIA_TYPE_UNSUPPORTED',
    'The body is no CSV. Send the file as it is, with Content-Type: text/csv.',
  )
}
