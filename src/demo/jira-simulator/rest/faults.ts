import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export type RateLimitReason =
  'jira-quota-tenant-based' | 'jira-quota-global-based' | 'jira-burst-based' | 'jira-per-issue-on-write'

/** What goes wrong with a request. */
export type Fault =
  /** 429. Without a reason there are no rate-limit headers at all, as a gateway was seen to answer. */
  | {
      readonly kind: 'rate_limited'
      readonly reason: RateLimitReason | null
      readonly retryAfterSeconds: number | null
    }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly message?: string
      readonly retryAfterSeconds?: number
    }
  /** No answer, ever. */
  | { readonly kind: 'hang' }
  /** The connection is cut without an answer. */
  | { readonly kind: 'reset' }

export interface FaultRule {
  readonly fault: Fault
  /** Any method when unset. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Matched against path and query; any request when unset. */
  readonly url?: RegExp
  /** How many requests it strikes; 1 when unset. */
  readonly times?: number
  /** The request takes effect first: the write happened, its answer is lost. */
  readonly afterEffect?: boolean
}

/** Jira's answer to a silent edit by an account without administration rights: the whole edit is dropped. */
export const SILENT_EDITS_REFUSED: FaultRule = {
  method: 'PUT',
  url: /[?&]notifyUsers=false/,
  times: Infinity,
  fault: {
    kind: 'status',
    status: 403,
    message: 'To discard the user notification either admin or project admin permissions are required.',
  },
}

export interface Faults {
  /** Rules are tried in the order they were added. Gives a function that takes the rule back. */
  add(rule: FaultRule): () => void
  clear(): void
}

/** The faults, and the hooks that make them strike. */
export function createFaults(): Faults & { install(app: FastifyInstance): void } {
  const rules: { readonly rule: FaultRule; left: number }[] = []
  const afterEffect = new WeakMap<FastifyRequest, Fault>()

  const take = (request: FastifyRequest): FaultRule | undefined => {
    const found = rules.find(
      ({ rule, left }) =>
        left > 0 &&
        (rule.method ?? request.method) === request.method &&
        (rule.url === undefined || rule.url.test(request.url)),
    )
    if (found !== undefined) found.left--
    return found?.rule
  }

  return {
    add(rule) {
      const entry = { rule, left: rule.times ?? 1 }
      rules.push(entry)
      return () => {
        entry.left = 0
      }
    },
    clear() {
      rules.length = 0
    },
    install(app) {
      app.addHook('preValidation', (request, reply, done) => {
        const rule = take(request)
        if (rule !== undefined && rule.afterEffect !== true) {
          strike(rule.fault, request, reply)
          return
        }
        if (rule !== undefined) afterEffect.set(request, rule.fault)
        done()
      })
      app.addHook('onSend', async (request, reply, payload) => {
        const fault = afterEffect.get(request)
        if (fault === undefined) return payload
        if (fault.kind === 'hang') await new Promise<never>(() => undefined)
        if (fault.kind === 'reset') {
          request.raw.socket.destroy()
          return payload
        }
        void reply.code(fault.kind === 'status' ? fault.status : 429)
        reply.headers(headersOf(fault))
        return JSON.stringify(bodyOf(fault))
      })
    },
  }
}

function strike(fault: Fault, request: FastifyRequest, reply: FastifyReply): void {
  switch (fault.kind) {
    case 'rate_limited':
      answerRateLimited(reply, fault)
      break
    case 'status':
      void reply.code(fault.status).headers(headersOf(fault)).send(bodyOf(fault))
      break
    case 'reset':
      reply.hijack()
      request.raw.socket.destroy()
      break
    case 'hang':
      reply.hijack()
  }
}

/** A 429 as Jira's rate limiter answers it. */
export function answerRateLimited(
  reply: FastifyReply,
  limit: Pick<Extract<Fault, { kind: 'rate_limited' }>, 'reason' | 'retryAfterSeconds'>,
): void {
  const fault: Fault = { kind: 'rate_limited', ...limit }
  void reply.code(429).headers(headersOf(fault)).send(bodyOf(fault))
}

function headersOf(fault: Fault): Record<string, string> {
  if (fault.kind === 'status') {
    return fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }
  }
  if (fault.kind !== 'rate_limited') return {}
  return {
    ...(fault.retryAfterSeconds === null ? {} : { 'retry-after': String(fault.retryAfterSeconds) }),
    ...(fault.reason === null
      ? {}
      : {
          'ratelimit-reason': fault.reason,
          'x-ratelimit-limit': '100',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': new Date(Date.now() + (fault.retryAfterSeconds ?? 1) * 1_000).toISOString(),
        }),
  }
}

function bodyOf(fault: Fault) {
  const message =
    fault.kind === 'status'
      ? (fault.message ?? `The simulator was told to answer ${fault.status}.`)
      : 'Rate limit exceeded.'
  return { errorMessages: [message], errors: {} }
}
