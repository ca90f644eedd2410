import { uuid } from '#kernel/ids'
import { htmlOf, plain, textOf, type Block } from './blocks.ts'
import { send, type Post } from './post.ts'

type Lang = 'ja' | 'en'
type Given = {
  lang: Lang
  to: { name: string; address: string }
  /** The shop it comes from. */
  from: string
  link: string
  until: Date
  timeZone: string
}
const words = {
  ja: {
    subject: (shop: string) => `【${shop}】管理画面への招待`,
    dear: (name: string) => `${name} 様`,
    lines: [
      '管理画面の担当者として招待されました。',
      '次のリンクを開き、パスワードまたはパスキーを設定してください。リンクは一度だけ使えます。',
    ],
    until: (at: string) => `リンクの期限：${at}`,
    stranger: 'お心当たりがない場合は、このメールを破棄してください。',
  },
  en: {
    subject: (shop: string) => `[${shop}] You are invited to the console`,
    dear: (name: string) => `Dear ${name},`,
    lines: [
      'You have been invited to the console as a member of staff.',
      'Open this link and set a password or a passkey. It works once.',
    ],
    until: (at: string) => `The link expires: ${at}`,
    stranger: 'If you did not expect this, please delete this mail.',
  },
} as const

/** A link is in this mail and nowhere else: it is sent at once or not at all, and nothing of it is kept for later. */
export async function sendInvitation(post: Post, g: Given): Promise<boolean> {
  const t = words[g.lang]
  const subject = t.subject(plain(g.from))
  const at = new Intl.DateTimeFormat(g.lang, {
    timeZone: g.timeZone,
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(g.until)
  const blocks: Block[] = [
    { kind: 'words', lines: [t.dear(g.to.name)] },
    { kind: 'words', lines: t.lines },
    { kind: 'link', address: g.link },
    { kind: 'words', lines: [t.until(at), t.stranger], quiet: true },
  ]
  const letter = {
    to: { name: plain(g.to.name), address: g.to.address },
    from: plain(g.from),
    subject,
    text: textOf(blocks),
    html: htmlOf(subject, g.lang, blocks),
    lang: g.lang,
  }
  const { failure } = await send(post, letter, `<${uuid()}@${post.from.slice(post.from.indexOf('@') + 1)}>`)
  return failure === undefined
}
