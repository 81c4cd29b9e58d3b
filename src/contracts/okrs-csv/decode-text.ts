export type Decoded =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly why: string }

/** More of a table than anybody keeps by hand, and little enough to hold in memory several times over. */
export const MOST_CSV_BYTES = 20 * 1024 * 1024

const UTF_16 = [
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

/**
 * The text of a file as spreadsheets write it: UTF-8 with or without a byte order mark, or UTF-16 with one. Anything
 * else is refused, because a guess would turn names into other names.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.byteLength > MOST_CSV_BYTES) {
    const size = Math.ceil(bytes.byteLength / 1024 / 1024)
    return unreadable(`has ${size} MB; at most ${MOST_CSV_BYTES / 1024 / 1024} are read: split it`)
  }
  const wide = UTF_16.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  const encoding = wide?.encoding ?? 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (text.includes('\0')) {
      return unreadable(
        'holds zero bytes, so it is no CSV in UTF-8; a workbook (.xlsx), or UTF-16 without a byte order mark, is saved as ' +
          '“CSV UTF-8” first',
      )
    }
    return { kind: 'text', text }
  } catch {
    return unreadable(
      `is not ${encoding.toUpperCase()}: save it as “CSV UTF-8”, for example after opening it with its own encoding ` +
        '(Windows-1252, GB18030, Big5 …)',
    )
  }
}

function unreadable(why: string): Decoded {
  return { kind: 'unreadable', why }
}
