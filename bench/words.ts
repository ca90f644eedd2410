/** What the products of the bench are called: each number has its own name, some thousands of them share each word. */
type Word = readonly [ja: string, kana: string, en: string]
const grades: readonly Word[] = [
  ['毎日の', 'まいにちの', 'Everyday'],
  ['職人の', 'しょくにんの', 'Artisan'],
  ['贈りものの', 'おくりものの', 'Gift'],
  ['旅する', 'たびする', 'Travel'],
  ['北欧風', 'ほくおうふう', 'Nordic'],
  ['小さな', 'ちいさな', 'Small'],
  ['大きな', 'おおきな', 'Large'],
]
const materials: readonly Word[] = [
  ['リネン', 'りねん', 'linen'],
  ['オーガニックコットン', 'おーがにっくこっとん', 'organic cotton'],
  ['真鍮', 'しんちゅう', 'brass'],
  ['磁器', 'じき', 'porcelain'],
  ['琺瑯', 'ほうろう', 'enamel'],
  ['欅', 'けやき', 'zelkova'],
  ['竹', 'たけ', 'bamboo'],
  ['革', 'かわ', 'leather'],
  ['ガラス', 'がらす', 'glass'],
  ['帆布', 'はんぷ', 'canvas'],
  ['銅', 'どう', 'copper'],
  ['ウール', 'うーる', 'wool'],
  ['漆', 'うるし', 'lacquer'],
  ['和紙', 'わし', 'washi'],
  ['ステンレス', 'すてんれす', 'stainless'],
]
export const items: readonly Word[] = [
  ['マグカップ', 'まぐかっぷ', 'mug'],
  ['Tシャツ', 'てぃーしゃつ', 'T-shirt'],
  ['急須', 'きゅうす', 'teapot'],
  ['風呂敷', 'ふろしき', 'furoshiki'],
  ['手帳', 'てちょう', 'notebook'],
  ['弁当箱', 'べんとうばこ', 'lunch box'],
  ['コーヒードリッパー', 'こーひーどりっぱー', 'coffee dripper'],
  ['茶筒', 'ちゃづつ', 'tea canister'],
  ['箸置き', 'はしおき', 'chopstick rest'],
  ['エプロン', 'えぷろん', 'apron'],
  ['クッション', 'くっしょん', 'cushion'],
  ['フライパン', 'ふらいぱん', 'frying pan'],
  ['花瓶', 'かびん', 'vase'],
  ['財布', 'さいふ', 'wallet'],
  ['靴下', 'くつした', 'socks'],
  ['ストール', 'すとーる', 'stole'],
  ['まな板', 'まないた', 'cutting board'],
  ['燭台', 'しょくだい', 'candlestick'],
  ['傘', 'かさ', 'umbrella'],
  ['タオル', 'たおる', 'towel'],
]
const pick = <T>(all: readonly T[], n: number) => all[n % all.length]!
export function nameOf(n: number): { ja: string; en: string; kana: string } {
  const [grade, material, item] = [
    pick(grades, Math.floor(n / (items.length * materials.length))),
    pick(materials, Math.floor(n / items.length)),
    pick(items, n),
  ]
  return {
    ja: `${grade[0]}${material[0]}${item[0]} ${n}`,
    en: `${grade[2]} ${material[2]} ${item[2]} ${n}`,
    kana: `${grade[1]}${material[1]}${item[1]}`,
  }
}
const romaji = [
  'magukappu',
  'tiishatsu',
  'kyūsu',
  'furoshiki',
  'techou',
  'bentoubako',
  'kōhīdorippā',
  'chazutsu',
]
/** What somebody types who looks for one of them, and what the first answer must then be called. */
export function queryOf(random: (n: number) => number, products: number): { q: string; says: string } {
  const kind = random(8)
  const n = random(items.length)
  const item = items[n]!
  if (kind === 0) return { q: romaji[n % romaji.length]!, says: items[n % romaji.length]![0] }
  if (kind === 1) return { q: item[1], says: item[0] }
  if (kind === 2) return { q: item[2], says: item[0] }
  if (kind === 3) {
    const one = 1 + random(products)
    return { q: `SKU-${one}`, says: nameOf(one).ja }
  }
  if (kind === 4) return { q: `${pick(materials, random(15))[0]}の${item[0]}`, says: item[0] }
  if (kind === 5) return { q: `${item[0]} ${pick(grades, random(7))[0]}`, says: item[0] }
  if (kind === 6) return { q: `${pick(materials, random(15))[2]} ${item[2]}`, says: item[0] }
  return { q: item[0], says: item[0] }
}
