import { api } from './api.ts'
import { keep, kept } from './kept.ts'

export type Session = Awaited<ReturnType<typeof api.tillSignIn>>
export type Device = { device: string; key: string }

export const knownDevice = () => kept<Device>('device')
export const knownSession = () => kept<Session>('session')

/** The key of the device is kept once it was right; the PIN never is. */
export async function signIn(device: Device, pin: string): Promise<Session> {
  const session = await api.tillSignIn({ ...device, pin })
  keep('device', device)
  keep('session', session)
  return session
}

export async function signOut(): Promise<void> {
  keep('session', null)
  await api.tillSignOut().catch(() => undefined)
}
