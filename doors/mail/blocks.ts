/** A letter as blocks, from which its text and its HTML are made: what is in one is in the other, and there is one place that escapes. */
export type Block =
  | { kind: 'words'; lines: readonly string[]; quiet?: true }
  | { kind: 'head'; words: string }
  | { kind: 'rows'; rows: readonly (readonly [label: string, value: string])[]; sums?: true }
  | { kind: 'goods'; rows: readonly { name: string; detail: string; amount?: string }[] }
  | { kind: 'link'; address: string }

/** Somebody's words on one line: no break makes a header, a line or a paragraph of them, and no sign turns the text around. */
export const plain = (words: string): string =>
  words.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
const lines = (words: string): string[] => words.split(/\r?\n/).map(plain)

export function textOf(blocks: readonly Block[]): string {
  const parts = blocks.map((b) => {
    switch (b.kind) {
      case 'words':
        return b.lines.map(plain).join('\n')
      case 'head':
        return `■ ${plain(b.words)}`
      case 'rows':
        return b.rows.map(([label, value]) => `${plain(label)}: ${lines(value).join('\n  ')}`).join('\n')
      case 'goods':
        return b.rows
          .map((r) => `・${plain(r.name)}\n  ${plain(r.detail)}${r.amount ? ` = ${r.amount}` : ''}`)
          .join('\n')
      case 'link':
        return b.address
    }
  })
  // A head stands close to what it is the head of.
  return `${parts.map((p, i) => p + (blocks[i]!.kind === 'head' ? '\n' : '\n\n')).join('')}`.trimEnd() + '\n'
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (words: string) => plain(words).replace(/[&<>"']/g, (s) => signs[s]!)
const broken = (words: string) =>
  words
    .split(/\r?\n/)
    .map((l) => escaped(l))
    .join('<br>')
const cell = 'padding:4px 0;vertical-align:top'

export function htmlOf(subject: string, lang: string, blocks: readonly Block[]): string {
  const body = blocks.map((b) => {
    switch (b.kind) {
      case 'words':
        return `<p style="margin:16px 0${b.quiet ? ';font-size:13px;color:#555' : ''}">${b.lines.map(escaped).join('<br>')}</p>`
      case 'head':
        return `<h2 style="font-size:16px;margin:28px 0 8px;padding-bottom:4px;border-bottom:1px solid #ccc">${escaped(b.words)}</h2>`
      case 'rows':
        return `<table role="presentation" width="100%" style="border-collapse:collapse">${b.rows
          .map(
            ([label, value]) =>
              `<tr><td style="${cell};padding-right:16px;color:#555${b.sums ? '' : ';width:32%'}">${escaped(label)}</td><td style="${cell}${b.sums ? ';text-align:right;white-space:nowrap' : ''}">${broken(value)}</td></tr>`,
          )
          .join('')}</table>`
      case 'goods':
        return `<table role="presentation" width="100%" style="border-collapse:collapse">${b.rows
          .map(
            (r) =>
              `<tr><td style="${cell};border-bottom:1px solid #eee">${escaped(r.name)}<br><span style="color:#555">${escaped(r.detail)}</span></td><td style="${cell};border-bottom:1px solid #eee;text-align:right;white-space:nowrap">${escaped(r.amount ?? '')}</td></tr>`,
          )
          .join('')}</table>`
      case 'link':
        return `<p style="margin:16px 0"><a href="${escaped(b.address)}" style="color:#0a5">${escaped(b.address)}</a></p>`
    }
  })
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head><body style="margin:0;background:#f6f6f4"><div style="max-width:600px;margin:0 auto;padding:24px;background:#fff;color:#222;font-family:sans-serif;font-size:15px;line-height:1.6">${body.join('')}</div></body></html>`
}
