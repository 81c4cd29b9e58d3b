import IntlMessageFormat, { type Formats } from 'intl-messageformat'
import {
  LOCALES,
  type Locale,
  type MessageId,
  type MessageValues,
  type Messages,
} from '../../domain/writeback/messages.ts'
import type { Catalogue } from './messages/catalogue.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { zhTW } from './messages/zh-TW.ts'

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, 'zh-CN': zhCN, 'zh-TW': zhTW }

/** Two decimals, or six significant digits where those say more: 1,234,567.89 and 0.00412 are both whole truths. */
const FORMATS: Partial<Formats> = {
  number: {
    amount: { maximumFractionDigits: 2, maximumSignificantDigits: 6, roundingPriority: 'morePrecision' },
    percent: { style: 'percent', maximumFractionDigits: 0 },
  },
}

/**
 * Compiles every message of every language once; a message that is not valid ICU throws here, at the start.
 * Values are put in as they are: what a user wrote is never read as a pattern.
 */
export function createMessages(): Messages {
  const compiled = new Map(LOCALES.map((locale) => [locale, compile(locale)]))

  function say<Id extends MessageId>(locale: Locale, id: Id, ...values: MessageValues<Id>): string {
    const message = compiled.get(locale)!.get(id)!
    const said = message.format<string>(values[0])
    return typeof said === 'string' ? said : said.join('')
  }

  return {
    locales: LOCALES,
    say,
    sayIn:
      (locale) =>
      (id, ...values) =>
        say(locale, id, ...values),
  }
}

function compile(locale: Locale): ReadonlyMap<string, IntlMessageFormat> {
  return new Map(Object.entries(CATALOGUES[locale]).map(([id, pattern]) => [id, messageOf(pattern, locale)]))
}

/** One message, compiled; a pattern that is not valid ICU throws SyntaxError. */
export function messageOf(pattern: string, locale: Locale): IntlMessageFormat {
  return new IntlMessageFormat(pattern, locale, FORMATS)
}
