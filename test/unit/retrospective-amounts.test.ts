import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/domain/grades/grade.ts'
import { amountText, markdownText, scoreText } from '../../src/domain/retrospective/markdown-text.ts'

describe('a score as text', () => {
  it('is rounded down, so that none reads as more than it is worth', () => {
    expect([0.697, 0.6999, 0.3999, 0.999, 0.004].map(scoreText)).toEqual([
      '0.69',
      '0.69',
      '0.39',
      '0.99',
      '0.00',
    ])
    expect([null, 0, 1].map(scoreText)).toEqual(['–', '0.00', '1.00'])
  })

  it('is that of its hundredth, whatever sums and products fall short of', () => {
    for (let hundredth = 0; hundredth <= 100; hundredth++)
      expect(scoreText(hundredth / 100)).toBe((hundredth / 100).toFixed(2))
    const tenths = Array.from({ length: 10 }, () => 0.1).reduce((sum, tenth) => sum + tenth, 0)
    expect([tenths < 1, verdictOf(tenths, 'committed'), scoreText(tenths)]).toEqual([true, 'pass', '1.00'])
  })
})

describe('an amount as text', () => {
  it('has two decimals at most, and below 1 three digits that count', () => {
    const amounts = [1_230, 11.4, 3.14159, 1.999, 0.5, 0.004, 0.0012345, -0.0333333, 0.1 + 0.2, 0]
    expect(amounts.map(amountText)).toEqual([
      '1,230',
      '11.4',
      '3.14',
      '2',
      '0.5',
      '0.004',
      '0.00123',
      '-0.0333',
      '0.3',
      '0',
    ])
  })
})

describe('text of people', () => {
  it.each([
    ['see ftp://files.example/plan', String.raw`see ftp\://files.example/plan`],
    ['https://example.com, www.example.com', String.raw`https\://example.com, www\.example.com`],
    ['@ada and ada@example.com', String.raw`\@ada and ada\@example.com`],
    ['(@团队)', String.raw`(\@团队)`],
    ['ada @ work: 3 @ 5, at 10:30 /', 'ada @ work: 3 @ 5, at 10:30 /'],
  ])('calls nobody and links nowhere: %s', (said, written) => {
    expect(markdownText(said)).toBe(written)
  })
})
