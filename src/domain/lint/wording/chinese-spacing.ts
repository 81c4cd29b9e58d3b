/** Chinese takes a space beside Latin letters and digits, and none between its own characters and brackets. */
export function spaced(text: string): string {
  return text
    .replace(/(?<=[\p{Script=Han}［］，])\s(?=[\p{Script=Han}［］，])/gu, '')
    .replace(/(?<=[\w%‰])(?=\p{Script=Han})|(?<=\p{Script=Han})(?=[\w%‰])/gu, ' ')
}
