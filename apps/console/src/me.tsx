import type { Client } from '@akinai/client'
import { Problem } from '@akinai/client'
import {
  Button,
  createText,
  Field,
  LangSwitch,
  Loading,
  Panel,
  TextInput,
  ThemeSwitch,
  useText,
} from '@akinai/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useState, type ReactNode } from 'react'
import { api } from './api.ts'
import { Failure, Refused } from './failure.tsx'

export type Me = Awaited<ReturnType<Client['me']>>
const MeContext = createContext<Me | null>(null)

const words = createText({
  ja: {
    title: 'Akinai 管理画面',
    lead: '担当者のメールアドレスとパスワードを入力してください。',
    email: 'メールアドレス',
    password: 'パスワード',
    signIn: 'サインインする',
  },
  en: {
    title: 'Akinai console',
    lead: 'Enter your staff email address and password.',
    email: 'Email address',
    password: 'Password',
    signIn: 'Sign in',
  },
})

export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('nobody is signed in')
  return me
}
/** May the person signed in do this, anywhere at all? The server decides; this only leaves out what would be refused. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useMe()
  return (permission) => permissions.some((one) => one.permission === permission)
}

/** The sign-in page until somebody is signed in. */
export function SignedIn({ children }: { children: ReactNode }) {
  const me = useQuery({ queryKey: ['me'], queryFn: () => api.me(), staleTime: 60_000 })
  if (me.data) return <MeContext value={me.data}>{children}</MeContext>
  if (me.isPending) return <Loading />
  if (me.error instanceof Problem && me.error.status === 401) return <SignIn />
  return (
    <main className="door">
      <Failure error={me.error} onRetry={() => void me.refetch()} />
    </main>
  )
}

function SignIn() {
  const t = useText(words)
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  async function signIn() {
    setBusy(true)
    setFailure(null)
    try {
      queries.setQueryData(['me'], await api.staffSignIn({ email, password }))
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className="door">
      <h1>{t.title}</h1>
      <Panel>
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault()
            void signIn()
          }}
        >
          <p>{t.lead}</p>
          <Field label={t.email} name="email">
            <TextInput type="email" autoComplete="username" required value={email} onChange={setEmail} />
          </Field>
          <Field label={t.password} name="password">
            <TextInput
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={setPassword}
            />
          </Field>
          {failure ? (
            <div className="ui-error-state" role="alert">
              <Refused error={failure} />
            </div>
          ) : null}
          <Button type="submit" variant="primary" busy={busy} wide>
            {t.signIn}
          </Button>
        </form>
      </Panel>
      <div className="switches">
        <LangSwitch />
        <ThemeSwitch />
      </div>
    </main>
  )
}
