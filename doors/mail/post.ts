/** The way to a mail server. What it answers may quote an address: only codes come back from here. */
import { createHmac } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { letterId, type Spot } from '#domains/mail'
import type { Vault } from '#domains/persons'
import type { Letter } from './compose.ts'

export type Post = { readonly url: string; readonly from: string; readonly wait?: number }
/** Nothing: it was taken. `final`: trying again would change nothing. */
export type Sent = { failure?: undefined } | { failure: string; final: boolean }

/** What may stand between the pointed brackets of a mail command, and be one address there. */
const fit = /^[^\s@<>(),:;"\\[\]\p{Cc}]{1,64}@[^\s@<>(),:;"\\[\]\p{Cc}]{3,250}$/u
const isLocal = (host: string) => /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)

function transport({ url, wait = 20_000 }: Post) {
  const at = new URL(url)
  const host = at.hostname.replace(/^\[|\]$/g, '')
  const secure = at.protocol === 'smtps:'
  const user = decodeURIComponent(at.username)
  return createTransport({
    host,
    port: Number(at.port || (secure ? 465 : 587)),
    secure,
    ...(user && { auth: { user, pass: decodeURIComponent(at.password) } }),
    // A password goes over the network in a sealed line only; within one machine there is no network.
    requireTLS: user !== '' && !secure && !isLocal(host),
    ignoreTLS: !secure && isLocal(host),
    connectionTimeout: wait,
    greetingTimeout: wait,
    socketTimeout: wait,
    dnsTimeout: wait,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** The same for a letter however often it is sent, so that one perhaps sent twice is seen as one; known to nobody beforehand. */
export function messageIdOf(vault: Vault, s: Spot, from: string): string {
  const id = letterId(s)
  const mark = createHmac('sha256', vault.sign).update(id).digest('hex').slice(0, 16)
  return `<${id}.${mark}@${from.slice(from.indexOf('@') + 1)}>`
}

export async function send(post: Post, letter: Letter, messageId: string): Promise<Sent> {
  if (!fit.test(letter.to.address)) return { failure: 'address', final: true }
  const way = transport(post)
  try {
    await way.sendMail({
      messageId,
      from: { name: letter.from, address: post.from },
      to: letter.to,
      envelope: { from: post.from, to: [letter.to.address] },
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'Content-Language': letter.lang,
      },
    })
    return {}
  } catch (e) {
    return failureOf(e as { code?: string; responseCode?: number })
  } finally {
    way.close()
  }
}

/** A no to this letter is final; a no to whoever knocks (login, greeting) is mended by an operator, and tried again. */
function failureOf(e: { code?: string; responseCode?: number }): Sent {
  if (e.code === 'EAUTH' || e.code === 'ENOAUTH') return { failure: 'login', final: false }
  if (e.responseCode !== undefined) {
    const isAboutIt = e.code === 'EENVELOPE' || e.code === 'EMESSAGE'
    return { failure: `smtp_${e.responseCode}`, final: isAboutIt && e.responseCode >= 500 }
  }
  if (e.code === 'ETIMEDOUT') return { failure: 'timeout', final: false }
  if (e.code === 'ETLS') return { failure: 'tls', final: false }
  return { failure: e.code === 'EENVELOPE' ? 'address' : 'unreachable', final: e.code === 'EENVELOPE' }
}
