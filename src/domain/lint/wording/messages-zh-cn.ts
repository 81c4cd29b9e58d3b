import type { Messages } from './wording.ts'

const quoted = (words: string | undefined) => `“${words ?? ''}”`

export const MESSAGES_ZH_CN: Messages = {
  'no-number': () => '没有数字：看不出做到什么程度，也无法判断是否达成。',
  'vague-verb': ({ words }, told) =>
    told === 'objective'
      ? `${quoted(words)}只说了方向。目标应当说明届时谁的什么会变好。`
      : `${quoted(words)}只说了方向，没有说哪个指标、变化多少。`,
  activity: ({ words }, told) =>
    told === 'objective'
      ? `${quoted(words)}是要做的事：事情全部做完，情况也未必变好。目标应当说明届时会好在哪里。`
      : `${quoted(words)}是要做的事，不是它带来的结果：事情全部做完，情况也未必变好。`,
  'binary-key-result': () => '只有做到和没做到两种状态：最后一天之前看不到任何进展。',
  'baseline-missing': ({ words }) => `只写了终点 ${words ?? ''}，没有写起点：要走多远无从得知。`,
  'target-missing': ({ words }) =>
    words === undefined ? '写了起点，没有写要达到多少。' : `${quoted(words)}只是占位，数字还没有定下来。`,
  'several-results-in-one': () => '一条里有两个结果：可能只达成其中一个，一个数字无法同时反映两者。',
  'no-owner': ({ count }, told) =>
    told === 'set'
      ? `${count ?? 0} 个目标都没有写负责人。`
      : told === 'objective'
        ? '这个目标没有负责人。'
        : '这条关键结果没有负责人。',
  'no-due-date': ({ count }, told) =>
    told === 'set'
      ? `${count ?? 0} 个目标都没有写明截止日期，也不属于任何周期。`
      : '它和它的周期都没有写明截止日期。',
  duplicate: ({ other }) => `与 ${other ?? ''} 说的是同一件事：工作和进度会被计算两次。`,
  'too-long': ({ count }) => `共占 ${count ?? 0} 列，一眼能看完的不超过 160 列（一个汉字占两列）。`,
  'objective-with-number': ({ words }) =>
    `${quoted(words)}是衡量用的数字：目标说明要实现什么，做到多少由关键结果说明。`,
  'too-few-key-results': ({ count }, told) =>
    told === 'set'
      ? `${count ?? 0} 个目标的关键结果都不足两条：无法判断目标是否达成，或者只凭一个数字判断。`
      : count === 0
        ? '没有关键结果：无法判断目标是否达成。'
        : '只有一条关键结果：单个数字容易达成，代价却可能在它看不到的地方。',
  'too-many-key-results': ({ count }) => `有 ${count ?? 0} 条关键结果，超过 5 条就没有重点了。`,
  'all-key-results-are-output': ({ count }) =>
    `${count ?? 0} 条关键结果全是要做的事：全部做完，目标也未必更近。`,
  'reverse-check': ({ count }, told) =>
    told === 'set'
      ? `请逐一检查这 ${count ?? 0} 个目标：如果它的所有关键结果都达成，目标是否必然达成？`
      : '如果所有关键结果都达成，目标是否必然达成？',
}
