import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Pool, type Dispatcher } from 'undici'
import { readJson, type JsonReading } from '../../contracts/jira/json.ts'
import manifest from '../../../package.json' with { type: 'json' }
import { createGuardedConnector, type GuardOptions } from './outgoing-guard.ts'
import { targetOf, type JiraRequest } from './request.ts'

/** Email and token for Basic authentication, or a bearer token (a personal access token of Data Center). */
export type JiraCredentials =
  { readonly email: string; readonly apiToken: string } | { readonly bearer: string }

export interface TransportOptions {
  /** The site, or `https://api.atlassian.com/ex/jira/<cloudId>` for a scoped token. */
  readonly baseUrl: string
  readonly credentials: JiraCredentials
  /** From sending to the last byte of the answer. */
  readonly timeoutMs: number
  readonly maxConnections: number
  readonly maxAnswerBytes: number
  readonly allowPrivateAddresses: boolean
  readonly lookup?: GuardOptions['lookup']
}

export interface Answer {
  readonly status: number
  header(name: string): string | null
  readonly json: JsonReading
}

/** Sends one request once. Rejects when no whole answer came: refused address, connection, timeout, size. */
export interface Transport {
  send(request: JiraRequest): Promise<Answer>
  /** Lets requests under way end. */
  close(): Promise<void>
}

export class AnswerTooLarge extends Error {
  constructor(limitBytes: number) {
    super(`the answer is larger than ${limitBytes} bytes`)
    this.name = 'AnswerTooLarge'
  }
}

const CONNECT_TIMEOUT_MS = 10_000

/** @throws TypeError for a base URL that is not plain http(s) */
export function createTransport(options: TransportOptions): Transport {
  const base = readBaseUrl(options.baseUrl)
  const pool = new Pool(base.origin, {
    connections: options.maxConnections,
    connect: createGuardedConnector({
      allowPrivateAddresses: options.allowPrivateAddresses,
      connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, options.timeoutMs),
      ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
    }),
    // The signal below ends a request; these two must not end it earlier.
    headersTimeout: options.timeoutMs + 1_000,
    bodyTimeout: options.timeoutMs + 1_000,
  })
  let closed: Promise<void> | undefined
  const headers = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    authorization: authorization(options.credentials),
    'user-agent': `Throughline/${manifest.version}`,
  }

  return {
    async send(request) {
      const hasBody = request.body !== undefined
      const answer = await pool.request({
        method: request.method,
        path: base.path + targetOf(request),
        headers: hasBody ? { ...headers, 'content-type': 'application/json' } : headers,
        body: hasBody ? JSON.stringify(request.body) : null,
        signal: AbortSignal.timeout(options.timeoutMs),
      })
      const bytes = await readBody(answer, options.maxAnswerBytes)
      return {
        status: answer.statusCode,
        header: (name) => headerText(answer.headers[name]),
        json: readJson(bytes),
      }
    },
    close: () => (closed ??= pool.close()),
  }
}

function readBaseUrl(text: string): { origin: string; path: string } {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError('the address of Jira must begin with https:// (or http://)')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('the address of Jira must not hold credentials, a query or a fragment')
  }
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') }
}

function authorization(credentials: JiraCredentials): string {
  if ('bearer' in credentials) return `Bearer ${credentials.bearer}`
  return `Basic ${Buffer.from(`${credentials.email}:${credentials.apiToken}`).toString('base64')}`
}

async function readBody(answer: Dispatcher.ResponseData, maxBytes: number): Promise<Uint8Array> {
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of source) {
      size += chunk.byteLength
      if (size > maxBytes) throw new AnswerTooLarge(maxBytes)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }
  return headerText(answer.headers['content-encoding']) === 'gzip'
    ? await pipeline(answer.body, createGunzip(), collect)
    : await collect(answer.body)
}

function headerText(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}
