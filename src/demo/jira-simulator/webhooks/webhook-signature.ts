import { createHmac } from 'node:crypto'

/** The value of `x-hub-signature`: HMAC-SHA256 over the raw bytes. */
export function signatureOf(secret: string, body: Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}
