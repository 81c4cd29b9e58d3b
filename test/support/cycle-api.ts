import { expect } from 'vitest'
import type { TestApi } from './api.ts'

/** The day after the end of 2026-Q4 in Berlin, at noon. */
export const AFTER_Q4 = Date.parse('2027-01-04T11:00:00Z')
export const Q1 = {
  key: '2027-Q1',
  title: 'First quarter 2027',
  startDay: '2027-01-01',
  endDay: '2027-03-31',
  timeZone: 'Europe/Berlin',
}

/** What the tests of closing, looking back and rolling over ask of the API. */
export function cycleApi(api: () => TestApi) {
  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: object | undefined,
    status: number,
  ) => {
    const answer = await api().ask(method, `/api/v1${path}`, body === undefined ? {} : { body })
    if (answer.status !== status)
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
    return answer.body
  }
  return {
    make: (path: string, body: object) => ask('POST', path, body, 201),
    change: (path: string, body: object) => ask('PATCH', path, body, 200),
    read: (path: string) => ask('GET', path, undefined, 200),
    post: (path: string, body?: object) => ask('POST', path, body, 200),
    remove: (path: string) => ask('DELETE', path, undefined, 204),
    checkIn: (key: string, value: number, at: string) =>
      ask('POST', `/key-results/${key}/check-ins`, { value, at, author: 'Ada' }, 201),
    close: (body?: object) => ask('POST', '/cycles/2026-Q4/close', body, 200) as Promise<Closing>,
    retrospective: () => ask('GET', '/cycles/2026-Q4/retrospective', undefined, 200) as Promise<Looked>,
    refused: async (
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      body: object | undefined,
      code: string,
    ) => {
      const answer = await api().ask(method, `/api/v1${path}`, body === undefined ? {} : { body })
      expect([path, answer.body.code]).toEqual([path, code])
      return answer.body
    },
  }
}

interface Closing extends Record<string, unknown> {
  readonly cycle: { readonly closedAt: string | null }
  readonly retrospective: Looked
}

/** As much of a retrospective as tests look at. */
export interface Looked extends Record<string, unknown> {
  readonly asOf: string
  readonly closedAt: string | null
  readonly isPreview: boolean
  readonly summary: Record<string, unknown>
  readonly hints: readonly { readonly kind: string; readonly text: string }[]
  readonly dropped: readonly object[]
  readonly objectives: readonly {
    readonly key: string
    readonly grade: {
      readonly score: number | null
      readonly verdict: string | null
      readonly withoutData: string[]
    }
    readonly hints: readonly { readonly kind: string }[]
    readonly keyResults: readonly (Record<string, unknown> & {
      readonly key: string
      readonly grade: { readonly score: number; readonly verdict: string; readonly hasNoData: boolean }
      readonly hints: readonly { readonly kind: string }[]
    })[]
  }[]
}
