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
import { Failure } from './failure.tsx'
import { hasPasskeys, signWithPasskey } from './passkey.ts'
import { Wrong } from './wrong.tsx'

type Me = Awaited<ReturnType<Client['me']>>
const MeContext = createContext<Me | null>(null)

const words = createText({
  ja: {
    title: 'Akinai 管理画面',
    lead: '担当者のメールアドレスとパスワードを入力してください。',
    email: 'メールアドレス',
    password: 'パスワード',
    signIn: 'サインインする',
    passkey: 'パスキーでサインインする',
    code: '確認コード',
    codeHint: '認証アプリの6桁のコード、または回復コード。',
    back: 'はじめから',
    codeLead: '認証アプリの確認コードを入力してください。',
  },
  en: {
    title: 'Akinai console',
    lead: 'Enter your staff email address and password.',
    email: 'Email address',
    password: 'Password',
    signIn: 'Sign in',
    passkey: 'Sign in with a passkey',
    code: 'Code',
    codeHint: 'Six digits of your authenticator app, or a recovery code.',
    back: 'Start over',
    codeLead: 'Enter a code of your authenticator app.',
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
  const [code, setCode] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  async function come(send: () => Promise<Me>) {
    setBusy(true)
    setFailure(null)
    try {
      queries.setQueryData(['me'], await send())
    } catch (error) {
      if (error instanceof Problem && error.code === 'access.second_factor') setCode('')
      else setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const passkey = async () =>
    api.staffSignInPasskey({ response: await signWithPasskey(await api.passkeyRequest({})) })
  return (
    <main className="door">
      <h1>{t.title}</h1>
      <Panel>
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault()
            void come(() => api.staffSignIn({ email, password, ...(code !== undefined && { code }) }))
          }}
        >
          <p>{code === undefined ? t.lead : t.codeLead}</p>
          {code === undefined ? (
            <>
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
            </>
          ) : (
            <Field label={t.code} hint={t.codeHint} name="code">
              {/* What was asked for just now. */}
              {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
              <TextInput autoComplete="one-time-code" autoFocus required value={code} onChange={setCode} />
            </Field>
          )}
          <Wrong error={failure} />
          <Button type="submit" variant="primary" busy={busy} wide>
            {t.signIn}
          </Button>
          {hasPasskeys() ? (
            <Button wide disabled={busy} onClick={() => void come(passkey)}>
              {t.passkey}
            </Button>
          ) : null}
          {code === undefined ? null : (
            <Button
              variant="quiet"
              wide
              onClick={() => {
                setCode(undefined)
                setFailure(null)
                setPassword('')
              }}
            >
              {t.back}
            </Button>
          )}
        </form>
      </Panel>
      <div className="switches">
        <LangSwitch />
        <ThemeSwitch />
      </div>
    </main>
  )
}
