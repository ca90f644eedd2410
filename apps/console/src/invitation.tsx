import {
  Button,
  createText,
  Field,
  LangSwitch,
  Loading,
  Panel,
  TextInput,
  ThemeSwitch,
  useLang,
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
    first: '最初のオーナーになる',
    firstLead: 'まだ誰も登録していません。あなたがこのショップの最初のオーナーになり、ショップを作ります。',
    family: '姓',
    given: '名',
    email: 'メールアドレス',
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
    first: 'Become the first owner',
    firstLead: 'Nobody has signed up yet. You become the first owner and set up the shop.',
    family: 'Family name',
    given: 'Given name',
    email: 'Email address',
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
  const { lang } = useLang()
  const [person, setPerson] = useState({ family: '', given: '', email: '' })
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [isDone, setDone] = useState(false)
  // Of the first owner nothing is known yet: they say it themselves.
  const isFirst = found.data?.email === ''
  const who = isFirst ? { person: { ...person, lang } } : {}
  const isNamed =
    !isFirst ||
    (person.family.trim() !== '' && person.given.trim() !== '' && /^\S+@\S+\.\S+$/.test(person.email))
  async function begin(more: () => Promise<Omit<Parameters<typeof api.invitationAccept>[0], 'token'>>) {
    setBusy(true)
    setFailure(null)
    try {
      const { me } = await api.invitationAccept({ token, ...who, ...(await more()) })
      if (me) location.replace('/console/')
      else setDone(true)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const passkey = async () => ({
    passkey: {
      name: t.thisDevice,
      response: await makePasskey(await api.invitationPasskey({ token, ...who })),
    },
  })
  return (
    <main className="door">
      <h1>{isFirst ? t.first : t.title}</h1>
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
            {isFirst ? (
              <>
                <p>{t.firstLead}</p>
                <div className="double">
                  <Field label={t.family}>
                    <TextInput
                      autoComplete="family-name"
                      maxLength={50}
                      value={person.family}
                      onChange={(family) => setPerson({ ...person, family })}
                    />
                  </Field>
                  <Field label={t.given}>
                    <TextInput
                      autoComplete="given-name"
                      maxLength={50}
                      value={person.given}
                      onChange={(given) => setPerson({ ...person, given })}
                    />
                  </Field>
                </div>
                <Field label={t.email}>
                  <TextInput
                    type="email"
                    autoComplete="username"
                    maxLength={254}
                    value={person.email}
                    onChange={(email) => setPerson({ ...person, email })}
                  />
                </Field>
              </>
            ) : (
              <>
                <p>
                  <strong>{t.hello(found.data.name, found.data.email)}</strong>
                </p>
                <input type="email" autoComplete="username" value={found.data.email} readOnly hidden />
              </>
            )}
            <p>{t.lead}</p>
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
            <Button
              type="submit"
              variant="primary"
              busy={busy}
              disabled={password.length < 12 || !isNamed}
              wide
            >
              {t.set}
            </Button>
            {hasPasskeys() ? (
              <>
                <p className="quiet">{t.or}</p>
                <Button wide disabled={busy || !isNamed} onClick={() => void begin(passkey)}>
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
