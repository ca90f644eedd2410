const names =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
    ' ',
  )
const english =
  'Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa'.split(
    ' ',
  )
/** JIS X 0401: 1 to 47. */
export const prefectures = names.map((ja, i) => ({ code: i + 1, name: { ja, en: english[i]! } }))

// The first two digits of a postal code tell the prefecture, but for some towns at borders and islands: a row a first digit.
const byTwoDigits = [
  [1, 5, 3, 2, 1, 1, 1, 1, 1, 1],
  [13, 13, 13, 13, 13, 13, 13, 13, 13, 13],
  [13, 14, 14, 14, 14, 14, 12, 12, 12, 12],
  [8, 8, 9, 11, 11, 11, 11, 10, 20, 20],
  [19, 22, 22, 22, 23, 23, 23, 23, 23, 23],
  [21, 24, 25, 27, 27, 27, 27, 27, 27, 27],
  [26, 26, 26, 29, 30, 28, 28, 28, 31, 32],
  [33, 33, 34, 34, 35, 35, 37, 36, 39, 38],
  [40, 40, 40, 40, 41, 42, 43, 44, 45, 46],
  [47, 18, 17, 16, 15, 15, 7, 7, 4, 6],
]
/** Tsushima and Iki belong to Nagasaki. */
const islands = /^(?:817|8115)/
/** Where a postal code most likely is: a proposal, for a few border towns a wrong one, so whoever orders may choose another. */
export function prefectureOf(postal: string): number | undefined {
  const digits = postal.normalize('NFKC').replace(/\D/g, '')
  if (digits.length < 3) return undefined
  return islands.test(digits) ? 42 : byTwoDigits[Number(digits[0])]![Number(digits[1])]
}
