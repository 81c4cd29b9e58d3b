import type { FastifyPluginCallback } from 'fastify'
import type { KeyResultKey } from '../../domain/ids.ts'
import { secureHeaders } from '../security-headers.ts'
import { keyResultNamed } from './named-keys.ts'

/**
 * Where a Jira comment's link leads. Anybody may open it, so it shows no numbers and does not say whether the key
 * result exists: it tells how to read it.
 */
export const keyResultPageRoutes: FastifyPluginCallback = (app, _options, done) => {
  secureHeaders(app)
  app.get<{ Params: { key: string } }>('/key-results/:key', { schema: { hide: true } }, (request, reply) => {
    const key = keyResultNamed(request.params.key)
    return reply.type('text/html; charset=utf-8').send(page(key))
  })
  done()
}

/** A key result key holds letters, digits and a dash: nothing in it needs escaping. */
function page(key: KeyResultKey): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${key} · Throughline</title>
<h1>${key}</h1>
<p>Throughline answers with its numbers, its past and the issues behind them to holders of a token:</p>
<pre>curl -H "authorization: Bearer $TOKEN" …/api/v1/key-results/${key}
curl -H "authorization: Bearer $TOKEN" …/api/v1/key-results/${key}/links
curl -H "authorization: Bearer $TOKEN" …/api/v1/key-results/${key}/history</pre>
<p><a href="../docs">Every call is described in the reference.</a></p>
</html>
`
}
