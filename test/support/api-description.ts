import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import type { FastifyInstance } from 'fastify'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema: object
  readonly example?: unknown
}

/** An operation of `/openapi.json`, as far as the tests read it. */
export interface Operation {
  readonly method: string
  /** `/api/v1/cycles/{key}` */
  readonly path: string
  readonly parameters: readonly Parameter[]
  /** The schema of its JSON body; null when it has none. */
  readonly body: object | null
}

export interface ApiDescription {
  readonly operations: readonly Operation[]
  /** Why an answer is not one that the description allows; [] when it is. */
  problemsOf(answer: { method: string; url: string; status: number; type: string; body: string }): string[]
}

interface Media {
  readonly content?: Record<string, { schema: object }>
}

interface DescribedOperation {
  readonly parameters?: Operation['parameters']
  readonly requestBody?: Media
  readonly responses: Record<string, Media>
}

interface Document {
  readonly paths: Record<string, Record<string, DescribedOperation>>
}

/** Answers that are not data of the API. */
const UNDESCRIBED = ['/openapi.json', '/docs', '/docs/', '/docs/js/scalar.js', '/metrics']

/** The service's own description, turned into a judge of its answers. */
export async function describedApi(app: FastifyInstance): Promise<ApiDescription> {
  const document = (await app.inject({ url: '/openapi.json' })).json<Document>()
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ajvFormats.default(ajv)
  ajv.addSchema({ $id: 'api', ...document })
  const compiled = new Map<string, ValidateFunction>()
  const validatorAt = (pointer: string) => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` })
    compiled.set(pointer, known)
    return known
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      body: operation.requestBody?.content?.['application/json']?.schema ?? null,
    })),
  )

  return {
    operations,
    problemsOf({ method, url, status, type, body }) {
      const path = pathOf(Object.keys(document.paths), url.split('?', 1)[0] ?? '')
      const operation = path === null ? undefined : document.paths[path]?.[method.toLowerCase()]
      if (path === null || operation === undefined) {
        return status === 404 || UNDESCRIBED.includes(url) ? [] : [`${method} ${url} is not described`]
      }
      const response = operation.responses[String(status)]
      if (response === undefined) return [`${method} ${path} answered ${status}, which is not described`]
      if (response.content === undefined) return body === '' ? [] : ['has a body where none is described']
      const media = type.split(';', 1)[0] ?? ''
      if (response.content[media] === undefined) return [`${method} ${path} ${status} answered ${media}`]
      const pointer = [
        '',
        'paths',
        path,
        method.toLowerCase(),
        'responses',
        String(status),
        'content',
        media,
        'schema',
      ]
      const validate = validatorAt(pointer.map(escaped).join('/'))
      const content: unknown = media.endsWith('json') ? JSON.parse(body) : body
      return validate(content) ? [] : (validate.errors ?? []).map((error) => JSON.stringify(error))
    },
  }
}

/** The described path that an address belongs to; of several the one with the fewest parameters, as the router does. */
function pathOf(paths: readonly string[], url: string): string | null {
  const matches = (path: string) =>
    new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(url)
  const parameters = (path: string) => path.split('{').length
  return paths.filter(matches).sort((a, b) => parameters(a) - parameters(b))[0] ?? null
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
