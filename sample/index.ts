import { corporateCheckDigit } from '#domains/shops'
import { clothing } from './clothing.ts'
import { food, sake } from './food.ts'
import { kitchen } from './kitchen.ts'
import { linen } from './linen.ts'
import { text } from './shape.ts'
import { fragrance, stationery } from './stationery.ts'
import { stockOf } from './stock.ts'
import { tableware } from './tableware.ts'
import type { Sample } from './types.ts'

export { members, type SampleMember } from './members.ts'
export { past, type PastLine, type PastSale } from './past.ts'
export { range } from './range.ts'
export { stockOf } from './stock.ts'
export type * from './types.ts'

const products = [
  ...tableware,
  ...linen,
  ...clothing,
  ...kitchen,
  ...food,
  ...sake,
  ...stationery,
  ...fragrance,
]

/** No registry office has a code that begins with 99: the number is well formed and no company's. */
const corporateNumber = '990100000001'

/**
 * Migiwato, an invented shop of lifestyle goods: people, places, goods and numbers are samples.
 * House numbers lie beyond the last block of their towns, telephone numbers have no such exchange,
 * bar codes are of the in-store range: nothing here reaches anybody.
 */
export const sample: Sample = {
  shop: {
    code: 'migiwato',
    name: text('みぎわと（見本の店）', 'Migiwato (sample shop)'),
    brand: text('みぎわと', 'Migiwato'),
    legalEntity: {
      name: text('株式会社みぎわと（見本）', 'Migiwato K.K. (sample)'),
      registrationNumber: `T${corporateCheckDigit(corporateNumber)}${corporateNumber}`,
    },
    postal: '1500001',
    address: text(
      '東京都渋谷区神宮前9-99-9 見本ビル3階',
      '3F Sample Building, 9-99-9 Jingumae, Shibuya-ku, Tokyo',
    ),
    phone: '03-0000-0000',
    email: 'shop@example.jp',
  },
  categories: [
    { code: 'tableware', name: text('うつわ', 'Tableware') },
    { code: 'cups', parent: 'tableware', name: text('カップ・急須', 'Cups and teapots') },
    { code: 'plates', parent: 'tableware', name: text('お皿', 'Plates') },
    { code: 'bowls', parent: 'tableware', name: text('茶碗・鉢', 'Bowls') },
    { code: 'chopsticks', parent: 'tableware', name: text('箸・カトラリー', 'Chopsticks and cutlery') },
    { code: 'linen', name: text('布もの', 'Linen') },
    { code: 'towels', parent: 'linen', name: text('タオル', 'Towels') },
    { code: 'table-linen', parent: 'linen', name: text('食卓の布', 'Table linen') },
    { code: 'bedding', parent: 'linen', name: text('寝具・クッション', 'Bedding and cushions') },
    { code: 'clothing', name: text('服', 'Clothing') },
    { code: 'tops', parent: 'clothing', name: text('トップス', 'Tops') },
    { code: 'bottoms', parent: 'clothing', name: text('ボトムス', 'Bottoms') },
    { code: 'accessories', parent: 'clothing', name: text('身のまわりのもの', 'Accessories') },
    { code: 'kitchen', name: text('台所道具', 'Kitchen tools') },
    { code: 'food', name: text('食品', 'Food') },
    { code: 'tea-coffee', parent: 'food', name: text('お茶・コーヒー', 'Tea and coffee') },
    { code: 'pantry', parent: 'food', name: text('調味料・朝ごはん', 'Pantry and breakfast') },
    { code: 'sake', parent: 'food', name: text('お酒', 'Sake') },
    { code: 'paper-scent', name: text('文具と香り', 'Stationery and scent') },
    { code: 'stationery', parent: 'paper-scent', name: text('文具', 'Stationery') },
    { code: 'fragrance', parent: 'paper-scent', name: text('香り', 'Fragrance') },
    { code: 'gifts', name: text('贈りもの', 'Gifts') },
  ],
  products,
  places: [
    {
      code: 'east',
      kind: 'warehouse',
      name: text('東倉庫（市川）', 'East warehouse (Ichikawa)'),
      postal: '2720127',
      address: text('千葉県市川市塩浜9-99-1', '9-99-1 Shiohama, Ichikawa-shi, Chiba'),
    },
    {
      code: 'west',
      kind: 'warehouse',
      name: text('西倉庫（大阪）', 'West warehouse (Osaka)'),
      postal: '5590034',
      address: text('大阪府大阪市住之江区南港北9-99-2', '9-99-2 Nankokita, Suminoe-ku, Osaka-shi, Osaka'),
    },
    {
      code: 'kichijoji',
      kind: 'store',
      name: text('吉祥寺店', 'Kichijoji store'),
      postal: '1800004',
      address: text('東京都武蔵野市吉祥寺本町9-99-3', '9-99-3 Kichijoji Honcho, Musashino-shi, Tokyo'),
    },
    {
      code: 'kyoto',
      kind: 'store',
      name: text('京都店', 'Kyoto store'),
      postal: '6008216',
      address: text(
        '京都府京都市下京区東塩小路町9999-4',
        '9999-4 Higashi-shiokoji-cho, Shimogyo-ku, Kyoto-shi, Kyoto',
      ),
    },
    {
      code: 'tenjin',
      kind: 'store',
      name: text('福岡天神店', 'Fukuoka Tenjin store'),
      postal: '8100001',
      address: text('福岡県福岡市中央区天神9-99-5', '9-99-5 Tenjin, Chuo-ku, Fukuoka-shi, Fukuoka'),
    },
  ],
  stock: stockOf(products),
  staff: [
    { email: 'owner@example.jp', name: '水沢 葉子', role: 'owner', password: 'sample-owner' },
    {
      email: 'merchandiser@example.jp',
      name: '木戸 悠',
      role: 'merchandiser',
      password: 'sample-merchandiser',
    },
    {
      email: 'kichijoji@example.jp',
      name: '三好 里穂',
      role: 'store',
      password: 'sample-store',
      pin: '1180',
      place: 'kichijoji',
    },
    {
      email: 'kyoto@example.jp',
      name: '北小路 環',
      role: 'store',
      password: 'sample-store',
      pin: '1600',
      place: 'kyoto',
    },
    {
      email: 'tenjin@example.jp',
      name: '古賀 真',
      role: 'store',
      password: 'sample-store',
      pin: '1810',
      place: 'tenjin',
    },
    {
      email: 'east@example.jp',
      name: '石橋 健',
      role: 'warehouse',
      password: 'sample-warehouse',
      pin: '2272',
      place: 'east',
    },
    {
      email: 'west@example.jp',
      name: '岸田 望',
      role: 'warehouse',
      password: 'sample-warehouse',
      pin: '2559',
      place: 'west',
    },
    { email: 'call@example.jp', name: '小野 千尋', role: 'call', password: 'sample-call' },
    { email: 'marketer@example.jp', name: '早瀬 圭', role: 'marketer', password: 'sample-marketer' },
    { email: 'accountant@example.jp', name: '大森 律子', role: 'accountant', password: 'sample-accountant' },
    { email: 'developer@example.jp', name: '関 航', role: 'developer', password: 'sample-developer' },
  ],
  tills: [
    { code: 'kichijoji-1', place: 'kichijoji', deviceKey: 'sample-till-kichijoji-1' },
    { code: 'kichijoji-2', place: 'kichijoji', deviceKey: 'sample-till-kichijoji-2' },
    { code: 'kyoto-1', place: 'kyoto', deviceKey: 'sample-till-kyoto-1' },
    { code: 'tenjin-1', place: 'tenjin', deviceKey: 'sample-till-tenjin-1' },
  ],
  bankAccount: text(
    'みぎわ銀行（見本） 本店営業部 普通 0000000 カ）ミギワト',
    'Migiwa Bank (sample), Head Office, ordinary account 0000000, KA)MIGIWATO',
  ),
  shippingFee: { all: 600, free_from: 8000, okinawa: 1200 },
  codFees: [
    { up_to: 10000, fee: 330 },
    { up_to: 30000, fee: 440 },
    { up_to: 100000, fee: 660 },
    { up_to: 300000, fee: 1100 },
  ],
  about: text(
    'みぎわとは、渚で拾った石のことです。波に洗われて角がとれ、手になじむ。そんな道具と布を選んでいます。\n\n作り手は十二の窯と織元、四つの木工房です。同じものを長く作り続けてもらえるよう、まとめて約束し、売れ残りは店で引き受けます。\n\nこの店は Akinai の見本です。商品も会社も実在せず、ご注文はどこにも届きません。',
    'Migiwa is the water’s edge, where stones lose their corners and come to fit the hand. We choose tools and cloth that are like that.\n\nThey come from twelve kilns and weavers and four wood workshops. We promise quantities ahead so that they can go on making the same things, and what does not sell stays with us.\n\nThis shop is a sample of Akinai: neither the goods nor the company exist, and no order arrives anywhere.',
  ),
  words: {
    same: [
      ['コーヒー', '珈琲', 'coffee'],
      ['湯のみ', '湯呑み', '湯呑', 'teacup'],
      ['どんぶり', '丼', 'donburi'],
      ['ふきん', '布巾', 'dishcloth'],
      ['一輪挿し', '花瓶', '花器', 'vase'],
      ['パンツ', 'ズボン', 'trousers', 'pants'],
      ['ケトル', 'やかん', '薬缶', 'kettle'],
      ['ほうろう', '琺瑯', 'enamel'],
      ['贈りもの', '贈り物', 'ギフト', 'プレゼント', 'gift'],
      ['日本酒', '純米酒', '清酒', 'sake'],
      ['柚子', 'ゆず', 'ユズ', 'yuzu'],
      ['ろうそく', 'キャンドル', 'candle'],
      ['弁当箱', 'お弁当箱', 'ランチボックス', 'lunch box'],
      ['お茶', '煎茶', 'ほうじ茶'],
      ['Tシャツ', 'ティーシャツ', 'tee'],
    ],
    stop: ['おすすめ', '人気', '商品', 'ください', 'ほしい'],
  },
}
