import { expect } from 'vitest'
import { SIMULATOR_CREDENTIALS } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { problemsOfResponse } from './atlassian-openapi.ts'

interface JudgedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

export type JudgedJira = (method: string, url: string, body?: unknown) => Promise<JudgedAnswer>

/** Calls a Jira over HTTP and holds every answer to Atlassian's OpenAPI documents. */
export function judgedJira(baseUrl: string, authorization = basic(SIMULATOR_CREDENTIALS)): JudgedJira {
  return async (method, url, body) => {
    const response = await fetch(`${baseUrl}${url}`, {
      method,
      headers: {
        ...(authorization === '' ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer: unknown = text === '' ? undefined : JSON.parse(text)
    expect(problemsOfResponse({ method, url, status: response.status, body: answer })).toEqual([])
    return { status: response.status, headers: response.headers, body: answer }
  }
}

export function basic({ email, apiToken }: { readonly email: string; readonly apiToken: string }): string {
  return `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`
}
