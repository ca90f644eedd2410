import { useEffect, useState } from 'react'
import { loadQueue, sendAll } from './queue.ts'
import { Sell } from './sell.tsx'
import { knownSession, type Session } from './session.ts'
import { SignIn } from './sign-in.tsx'

export function App() {
  const [session, setSession] = useState<Session | null>(knownSession)
  useEffect(() => {
    void loadQueue().then(sendAll)
  }, [])
  if (!session) return <SignIn onOpen={setSession} />
  return <Sell session={session} onClose={() => setSession(null)} />
}
