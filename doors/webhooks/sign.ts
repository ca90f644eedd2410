import { createHmac, randomBytes } from 'node:crypto'

/** A new secret as people pass it on (Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes). */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`
/** `webhook-signature` of a message: one `v1` for each secret that is in force. */
export const signatureOf = (secrets: readonly string[], id: string, seconds: number, body: string): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
    })
    .join(' ')
