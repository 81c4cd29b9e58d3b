import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())

it('gives a comment in Jira somewhere to lead, without a token and without numbers', async () => {
  const answer = await api.app.inject({ url: '/key-results/kr-12' })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  expect(answer.body).toContain('/api/v1/key-results/KR-12/links')
})

it('shows nothing of an address that is no key', async () => {
  const answer = await api.app.inject({ url: '/key-results/%3Cscript%3Ealert(1)%3C%2Fscript%3E' })
  expect(answer.statusCode).toBe(404)
  expect(answer.headers['content-type']).toContain('application/problem+json')
})
