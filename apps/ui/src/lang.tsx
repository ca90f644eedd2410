import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { recall, remember } from './memory.ts'
import { langs, type Lang, type Same, type Text } from './text.ts'
import { words } from './words.ts'

type LangState = { lang: Lang; setLang: (lang: Lang) => void }
const LangContext = createContext<LangState>({ lang: 'ja', setLang: () => undefined })

function firstLang(): Lang {
  const kept = recall('lang')
  return langs.find((lang) => lang === kept) ?? (navigator.language.startsWith('ja') ? 'ja' : 'en')
}

/** Holds the language, keeps it on this device, and says it to the document. */
export function LangProvider({ initial, children }: { initial?: Lang | undefined; children: ReactNode }) {
  const [lang, choose] = useState<Lang>(initial ?? firstLang)
  const setLang = useCallback((next: Lang) => {
    remember('lang', next)
    choose(next)
  }, [])
  useEffect(() => {
    document.documentElement.lang = lang
  }, [lang])
  const state = useMemo(() => ({ lang, setLang }), [lang, setLang])
  return <LangContext value={state}>{children}</LangContext>
}

export const useLang = (): LangState => use(LangContext)

/** The texts of `createText` in the language of the screen. */
export function useText<Given>(text: Text<Given>): Same<Given> {
  return text[useLang().lang]
}

/** Several things in a row, as the language of the screen sets them apart. */
export function useListed(): (things: readonly string[]) => string {
  const { lang } = useLang()
  return (things) => things.join(lang === 'ja' ? '、' : ', ')
}

const own = { ja: '日本語', en: 'English' } as const

export function LangSwitch() {
  const { lang, setLang } = useLang()
  const t = useText(words)
  return (
    <fieldset className="ui-segments" aria-label={t.language}>
      {langs.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          className="ui-segment"
          aria-pressed={one === lang}
          onClick={() => setLang(one)}
        >
          {own[one]}
        </button>
      ))}
    </fieldset>
  )
}
