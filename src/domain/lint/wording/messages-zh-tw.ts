import type { Messages } from './wording.ts'

const quoted = (words: string | undefined) => `「${words ?? ''}」`

export const MESSAGES_ZH_TW: Messages = {
  'no-number': () => '沒有數字：看不出做到什麼程度，也無法判斷是否達成。',
  'vague-verb': ({ words }, told) =>
    told === 'objective'
      ? `${quoted(words)}只說了方向。目標應該說明屆時誰的什麼會變好。`
      : `${quoted(words)}只說了方向，沒有說是哪個指標、變化多少。`,
  activity: ({ words }, told) =>
    told === 'objective'
      ? `${quoted(words)}是要做的事：事情全部做完，情況也未必變好。目標應該說明屆時會好在哪裡。`
      : `${quoted(words)}是要做的事，不是它帶來的成果：事情全部做完，情況也未必變好。`,
  'binary-key-result': () => '只有做到和沒做到兩種狀態：最後一天之前看不到任何進展。',
  'baseline-missing': ({ words }) => `只寫了終點 ${words ?? ''}，沒有寫起點：要走多遠無從得知。`,
  'target-missing': ({ words }) =>
    words === undefined
      ? '寫了起點，沒有寫要達到多少。'
      : `${quoted(words)}只是預留的位置，數字還沒有定下來。`,
  'several-results-in-one': () => '一條裡有兩個成果：可能只達成其中一個，一個數字無法同時反映兩者。',
  'no-owner': ({ count }, told) =>
    told === 'set'
      ? `${count ?? 0} 個目標都沒有寫負責人。`
      : told === 'objective'
        ? '這個目標沒有負責人。'
        : '這條關鍵結果沒有負責人。',
  'no-due-date': ({ count }, told) =>
    told === 'set'
      ? `${count ?? 0} 個目標都沒有寫明截止日期，也不屬於任何週期。`
      : '它和它的週期都沒有寫明截止日期。',
  duplicate: ({ other }) => `與 ${other ?? ''} 說的是同一件事：工作和進度會被計算兩次。`,
  'too-long': ({ count }) => `共佔 ${count ?? 0} 欄，一眼能看完的不超過 160 欄（一個漢字佔兩欄）。`,
  'objective-with-number': ({ words }) =>
    `${quoted(words)}是衡量用的數字：目標說明要實現什麼，做到多少由關鍵結果說明。`,
  'too-few-key-results': ({ count }, told) =>
    told === 'set'
      ? `${count ?? 0} 個目標的關鍵結果都不足兩條：無法判斷目標是否達成，或者只憑一個數字判斷。`
      : count === 0
        ? '沒有關鍵結果：無法判斷目標是否達成。'
        : '只有一條關鍵結果：單一數字容易達成，代價卻可能在它看不到的地方。',
  'too-many-key-results': ({ count }) => `有 ${count ?? 0} 條關鍵結果，超過 5 條就沒有重點了。`,
  'all-key-results-are-output': ({ count }) =>
    `${count ?? 0} 條關鍵結果全是要做的事：全部做完，目標也未必更近。`,
  'reverse-check': ({ count }, told) =>
    told === 'set'
      ? `請逐一檢查這 ${count ?? 0} 個目標：如果它的所有關鍵結果都達成，目標是否必然達成？`
      : '如果所有關鍵結果都達成，目標是否必然達成？',
}
