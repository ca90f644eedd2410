import { janCheckDigit } from './shape.ts'

/** Members of the sample shop: their family name says that they are samples, and their addresses and numbers reach nobody. */
export type SampleMember = {
  card: string
  given: string
  kana: string
  email: string
  phone: string
  /** What they have said about being written to. */
  mail: boolean | undefined
  note: string | undefined
}
const names =
  'あおい 葵/みなと 湊/りん 凛/れん 蓮/つむぎ 紬/いつき 樹/さくら 桜/はると 陽翔/ゆい 結衣/そうた 颯太/めい 芽衣/あさひ 朝陽/こはる 小春/ひなた 日向/ひまり 陽葵/やまと 大和/しおり 栞/かえで 楓/なぎ 凪/ゆうと 悠斗/いちか 一花/けい 慧/すず 鈴/たくみ 匠/のぞみ 希/ほたる 蛍/まこと 誠/ゆきの 雪乃/わかな 若菜/りつ 律/ちはる 千春/そら 空/あかり 灯/しょう 翔/みお 澪/なお 直/ことね 琴音/はやて 颯/ふうか 風花/とも 朋/えま 恵麻/じん 仁'.split(
    '/',
  )
const notes: Record<number, string> = {
  3: '贈り物の包装をいつも希望されます。',
  11: '急須の蓋の予備をお探しです。入荷したら電話でお知らせします。',
  24: '領収書は会社名でお出しします。',
}

/** In-store numbers begin with 29. */
function cardOf(n: number): string {
  const digits = `290001${String(n).padStart(6, '0')}`
  return `${digits}${janCheckDigit(digits)}`
}
export const members: readonly SampleMember[] = names.map((name, i) => {
  const [kana = '', given = ''] = name.split(' ')
  return {
    card: cardOf(i + 1),
    given,
    kana: kana.replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60)),
    email: `member${i + 1}@example.jp`,
    phone: `090-0000-${String(1001 + i * 37).padStart(4, '0')}`,
    mail: i % 3 === 0 ? true : i % 7 === 0 ? false : undefined,
    note: notes[i],
  }
})
