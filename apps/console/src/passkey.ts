/** The browser's part of a passkey. */
import type { Answers, Client } from '@akinai/client'

type Made = Parameters<Client['passkeyAdd']>[0]['response']
type Signed = Parameters<Client['staffSignInPasskey']>[0]['response']

/** A passkey belongs to a name; at a bare number there are none, and the machine’s own has the name localhost. */
export const hasPasskeys = (): boolean =>
  'PublicKeyCredential' in window && window.isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname)

function text(buffer: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('')
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
/** Somebody closed the browser's own dialog, or let it wait too long. */
export class Stopped extends Error {}
async function asked(question: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await question.catch((error: unknown) => {
    throw new Stopped(error instanceof Error ? error.message : 'stopped')
  })
  if (!(credential instanceof PublicKeyCredential)) throw new Stopped('none')
  return credential
}

export async function makePasskey(options: Answers['passkey.creation']): Promise<Made> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const { id, response } = await asked(navigator.credentials.create({ publicKey }))
  if (!(response instanceof AuthenticatorAttestationResponse)) throw new Stopped('none')
  return {
    id,
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
    transports: response.getTransports().filter((one) => /^[a-z-]{1,40}$/.test(one)),
  }
}
export async function signWithPasskey(options: Answers['passkey.request']): Promise<Signed> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const { id, response } = await asked(navigator.credentials.get({ publicKey }))
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new Stopped('none')
  return {
    id,
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  }
}
