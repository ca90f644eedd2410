type Text = { ja: string; en: string }
type Option = { code: string; values: { code: string; name: Text }[] }
/** What a variant is, in words: 白 / M. */
export function labelOf(options: readonly Option[], chosen: Readonly<Record<string, string>>): Text {
  const names = options.flatMap((o) => o.values.find((v) => v.code === chosen[o.code])?.name ?? [])
  return { ja: names.map((n) => n.ja).join(' / '), en: names.map((n) => n.en).join(' / ') }
}
