/** Text as titles are compared: one width, one case, any white space as one space. */
export function sameText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()
}
