import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Jira's `X-Hub-Signature`: `sha256=` and the lower-case hex HMAC over the raw bytes. The method name is checked,
 * since Atlassian reserves the right to add others; the digest is compared in constant time.
 */
export function isSignedBy(body: Uint8Array, signature: string, secret: string): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(signature)?.[1]
  if (hex === undefined) return false
  return timingSafeEqual(createHmac('sha256', secret).update(body).digest(), Buffer.from(hex, 'hex'))
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
