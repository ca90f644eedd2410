import { useEffect, useState } from 'react'
import { loadQueue, sendAll } from './queue.ts'
import { Sell } from './sell.tsx'
import { knownSession, type Session } from './session.ts'
import { SignIn } from './sign-in.tsx'

export function App() {
  const [session, setSession] = useState<Session | null>(knownSession)
  const [ready, setReady] = useState(false)
  useEffect(() => {
    // The page does not wait for the network, only for what this device keeps.
    void loadQueue().finally(() => {
      setReady(true)
      void sendAll()
    })
  }, [])
  if (!ready) return null
  if (!session) return <SignIn onOpen={setSession} />
  return <Sell session={session} onClose={() => setSession(null)} />
}
