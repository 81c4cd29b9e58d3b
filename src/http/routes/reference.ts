import { createHash } from 'node:crypto'
import scalar from '@scalar/fastify-api-reference'
import type { FastifyPluginAsync } from 'fastify'
import { tagContent } from '../etag.ts'
import { secureHeaders } from '../security-headers.ts'

const ONE_HOUR_SECONDS = 3_600

/** Scripts in the page itself, which the policy allows by their hash. */
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g

/** `/openapi.json`, and `/docs`, its page. The page loads everything from here: it works without the internet. */
export const referenceRoutes: FastifyPluginAsync = async (app) => {
  await app.register((data, _options, done) => {
    secureHeaders(data)
    data.addHook('onSend', tagContent)
    let description: string | null = null
    data.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
      description ??= JSON.stringify(app.swagger())
      return reply.type('application/json; charset=utf-8').send(description)
    })
    done()
  })

  await app.register(async (page) => {
    page.addHook('onSend', (_request, reply, payload, done) => {
      const type = String(reply.getHeader('content-type'))
      if (type.startsWith('text/html') && typeof payload === 'string') {
        void reply.header('content-security-policy', policyOf(payload))
      } else if (type.startsWith('application/javascript')) {
        void reply.header('cache-control', `public, max-age=${ONE_HOUR_SECONDS}`)
      }
      done(null, payload)
    })
    secureHeaders(page)
    await page.register(scalar, {
      routePrefix: '/docs',
      configuration: {
        url: '../openapi.json',
        pageTitle: 'Throughline API',
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        mcp: { disabled: true },
        agent: { disabled: true },
        showDeveloperTools: 'never',
      },
    })
  })
}

/** The least the page needs: its own script, styles that it writes while it runs, and the description. */
function policyOf(html: string): string {
  const hashes = [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
