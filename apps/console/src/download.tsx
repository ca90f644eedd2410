import { Problem, type ProblemFields } from '@akinai/client'
import { createText, useLang, useText, useToast } from '@akinai/ui'
import { useRef, useState, type MouseEvent, type ReactNode } from 'react'
import { proof } from './proof-asked.ts'

const words = createText({
  ja: {
    broken: 'ファイルを受け取れませんでした。',
    todo: '通信を確かめて、もう一度お試しください。記録は変わっていません。',
    working: '書き出しています…',
    saved: (name: string) => `${name} を保存しました。`,
  },
  en: {
    broken: 'The file did not arrive.',
    todo: 'Check the connection and try again. Nothing on record has changed.',
    working: 'Writing the file…',
    saved: (name) => `${name} was saved.`,
  },
})

async function fetched(href: string, lang: string): Promise<{ name: string; file: Blob }> {
  const response = await fetch(href, { headers: { 'accept-language': lang }, cache: 'no-store' })
  if (!response.ok) throw new Problem((await response.json()) as ProblemFields)
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { name: name ?? 'file', file: await response.blob() }
}

/** A link to a file. Where the server wants a proof of who it is first, that is asked for, and the file comes by itself. */
export function Download({ href, children }: { href: string; children: ReactNode }) {
  const t = useText(words)
  const { lang } = useLang()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const under = useRef(false)
  async function take() {
    const wanted = await fetched(href, lang).catch(async (error: unknown) => {
      if (!(error instanceof Problem && error.code === 'access.step_up')) throw error
      return (await proof.ask()) ? fetched(href, lang) : undefined
    })
    if (!wanted) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(wanted.file)
    link.download = wanted.name
    link.click()
    URL.revokeObjectURL(link.href)
    toast({ title: t.saved(wanted.name) })
  }
  async function onClick(event: MouseEvent) {
    event.preventDefault()
    if (under.current) return
    under.current = true
    setBusy(true)
    try {
      await take()
    } catch (error) {
      const said = error instanceof Problem ? error.fields : { title: t.broken, todo: t.todo }
      toast({ title: said.title, tone: 'error', ...(said.todo !== undefined && { words: said.todo }) })
    } finally {
      under.current = false
      setBusy(false)
    }
  }
  return (
    <a
      className="download"
      href={href}
      aria-busy={busy || undefined}
      onClick={(event) => void onClick(event)}
    >
      {busy ? t.working : children}
    </a>
  )
}
