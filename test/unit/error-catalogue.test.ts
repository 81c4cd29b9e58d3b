import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES, ThroughlineError, type ErrorCode } from '../../src/app/errors.ts'
import { ANSWERS, codedError, problemOf } from '../../src/http/error-response.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../docs/errors.md'), 'utf8')
const rows = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, code]) => code?.startsWith('`OKR_'))
  .map(([, code = '', status, when = '', advice = '']) => ({
    code: code.replaceAll('`', ''),
    status: Number(status),
    when,
    advice,
  }))
const sorted = (codes: Iterable<string>) => [...codes].sort()

describe('the catalogue of errors', () => {
  it('has the same codes in the code, in its answers and in its documentation', () => {
    expect(ERROR_CODES.length).toBeGreaterThan(20)
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length)
    expect(sorted(Object.keys(ANSWERS))).toEqual(sorted(ERROR_CODES))
    expect(sorted(rows.map(({ code }) => code))).toEqual(sorted(ERROR_CODES))
  })

  it('documents the status that is sent, when it happens and what to do', () => {
    expect(rows.length).toBeGreaterThan(20)
    for (const { code, status, when, advice } of rows) {
      expect([code, status]).toEqual([code, ANSWERS[code as ErrorCode].status])
      expect(when.length).toBeGreaterThan(20)
      expect(advice.length).toBeGreaterThan(10)
    }
  })

  it('shows a problem as it is sent', () => {
    const example = JSON.parse(/```json\n([\s\S]+?)```/.exec(page)?.[1] ?? '') as {
      detail: string
      problems: []
    }
    const error = new ThroughlineError('OKR_INPUT_INVALID', example.detail, { problems: example.problems })
    expect(problemOf(error)).toEqual(example)
  })

  it('says nothing of its own message when the failure is ours', () => {
    const ours = ERROR_CODES.filter((code) => ANSWERS[code].status >= 500)
    expect(ours.length).toBeGreaterThan(3)
    for (const code of ours) {
      expect(JSON.stringify(problemOf(new ThroughlineError(code, 'at 10.0.0.3')))).not.toContain('10.0.0.3')
    }
  })

  it('knows an outage from a bug, whatever was thrown', () => {
    const broken = new Error('connect ECONNREFUSED')
    expect(codedError(broken, () => true).code).toBe('OKR_UNAVAILABLE')
    for (const thrown of [
      broken,
      'text',
      null,
      undefined,
      { statusCode: 400 },
      new Error('', { cause: broken }),
    ]) {
      expect(codedError(thrown, () => false).code).toBe('OKR_INTERNAL')
    }
  })
})
