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
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from './api.ts'
import { hasPasskeys, makePasskey } from './passkey.ts'
import { Wrong } from './wrong.tsx'

const words = createText({
  ja: {
    title: 'Akinai 管理画面への招待',
    hello: (name: string, email: string) => `${name} 様（${email}）`,
    lead: 'サインインの方法を決めてください。パスワードとパスキーは、両方とも設定できます。',
    password: '新しいパスワード',
    passwordHint: '12文字以上。長い文ほど破られにくくなります。',
    set: 'パスワードを決めて始める',
    or: 'パスワードの代わりに、この端末の指紋や顔で開くパスキーも使えます。',
    passkey: 'パスキーを作って始める',
    thisDevice: 'この端末',
    signIn: 'サインインへ進む',
    done: 'パスワードを替えました。新しいパスワードでサインインしてください。',
  },
  en: {
    title: 'Invitation to the Akinai console',
    hello: (name: string, email: string) => `${name} (${email})`,
    lead: 'Choose how you will sign in. You may have both a password and a passkey.',
    password: 'New password',
    passwordHint: '12 characters or more. The longer, the harder to guess.',
    set: 'Set the password and begin',
    or: 'Instead of a password, a passkey opens with this device’s fingerprint or face.',
    passkey: 'Make a passkey and begin',
    thisDevice: 'This device',
    signIn: 'Go to sign-in',
    done: 'The password was changed. Sign in with the new one.',
  },
})

/** Where a link leads: whoever has it chooses how they come in from now on. The link stands behind the #, which no server is told. */
export function Invitation() {
  const t = useText(words)
  const token = location.hash.slice(1)
  const found = useQuery({
    queryKey: ['invitation'],
    queryFn: () => api.invitationLook({ token }),
    staleTime: Infinity,
    retry: false,
  })
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [isDone, setDone] = useState(false)
  async function begin(more: () => Promise<Omit<Parameters<typeof api.invitationAccept>[0], 'token'>>) {
    setBusy(true)
    setFailure(null)
    try {
      const { me } = await api.invitationAccept({ token, ...(await more()) })
      if (me) location.replace('/console/')
      else setDone(true)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const passkey = async () => ({
    passkey: { name: t.thisDevice, response: await makePasskey(await api.invitationPasskey({ token })) },
  })
  return (
    <main className="door">
      <h1>{t.title}</h1>
      {found.isPending ? <Loading /> : null}
      {found.error ? <Wrong error={found.error} /> : null}
      {isDone ? (
        <Panel>
          <div className="fields">
            <output>{t.done}</output>
            <Button variant="primary" wide onClick={() => location.replace('/console/')}>
              {t.signIn}
            </Button>
          </div>
        </Panel>
      ) : found.data ? (
        <Panel>
          <form
            className="fields"
            onSubmit={(event) => {
              event.preventDefault()
              void begin(async () => ({ password }))
            }}
          >
            <p>
              <strong>{t.hello(found.data.name, found.data.email)}</strong>
            </p>
            <p>{t.lead}</p>
            <input type="email" autoComplete="username" value={found.data.email} readOnly hidden />
            <Field label={t.password} hint={t.passwordHint}>
              <TextInput
                type="password"
                autoComplete="new-password"
                minLength={12}
                required
                value={password}
                onChange={setPassword}
              />
            </Field>
            <Button type="submit" variant="primary" busy={busy} disabled={password.length < 12} wide>
              {t.set}
            </Button>
            {hasPasskeys() ? (
              <>
                <p className="quiet">{t.or}</p>
                <Button wide disabled={busy} onClick={() => void begin(passkey)}>
                  {t.passkey}
                </Button>
              </>
            ) : null}
            <Wrong error={failure} />
          </form>
        </Panel>
      ) : null}
      <div className="switches">
        <LangSwitch />
        <ThemeSwitch />
      </div>
    </main>
  )
}
