/**
 * The rest of the shop: lines of goods, each a material or a glaze in several forms. A product is a form in a line; its
 * texts are put together from what is true of the one and of the other. `scene` says what
 * `render.ts` renders; cloth is drawn (`clothes.ts`).
 */
import { choice, colour, product, wearSize, type ColourCode } from './shape.ts'
import type { SampleOption, SampleProduct } from './types.ts'

type Words = readonly [ja: string, en: string]
type Line = {
  code: string
  sku: string
  name: Words
  kana: string
  /** What is true of everything made of it. */
  says: Words
  /** Of what it is drawn: a colour, and how it takes light. */
  look: {
    colour: string
    other?: string
    finish: 'matte' | 'glaze' | 'gloss' | 'glass' | 'metal' | 'wood' | 'cloth' | 'paper'
  }
  /** What it costs beside the form's own price, in hundredths. */
  price?: number
  colours?: readonly ColourCode[]
}
type Form = {
  code: string
  sku: string
  name: Words
  kana: string
  says: Words
  summary: Words
  scene: string
  price: number | Record<string, number>
  weight: number | Record<string, number>
  options?: SampleOption[]
  categories: string[]
}
/** What it is made of and what it is: by these a thing of cloth is drawn. */
export type Ranged = {
  product: SampleProduct
  line: string
  form: string
  scene: string
  look: Line['look']
}

const sizes = (values: Record<string, Words>) =>
  choice('size', ['大きさ', 'Size'], Object.fromEntries(Object.entries(values).map(([k, v]) => [k, [...v]])))

function cross(
  brand: string,
  start: number,
  lines: readonly Line[],
  forms: readonly Form[],
  more: { tax?: 'reduced'; lot?: true } = {},
): Ranged[] {
  return lines.flatMap((line, l) =>
    forms.map((form, f): Ranged => {
      const times = (line.price ?? 100) / 100
      const rounded = (yen: number) => Math.round((yen * times) / 110) * 110
      const price =
        typeof form.price === 'number'
          ? rounded(form.price)
          : Object.fromEntries(Object.entries(form.price).map(([k, yen]) => [k, rounded(yen)]))
      return {
        line: line.code,
        form: form.code,
        scene: form.scene,
        look: line.look,
        product: product({
          number: start + l * forms.length + f,
          sku: `${line.sku}${form.sku}`,
          code: `${line.code}-${form.code}`,
          name: [`${line.name[0]}${form.name[0]}`, `${line.name[1]} ${form.name[1]}`],
          kana: `${line.kana}${form.kana}`,
          summary: [...form.summary],
          description: [`${form.says[0]}${line.says[0]}`, `${form.says[1]} ${line.says[1]}`],
          categories: form.categories,
          brand,
          ...more,
          options: [...(line.colours ? [colour(...line.colours)] : []), ...(form.options ?? [])],
          price,
          weight_grams: form.weight,
        }),
      }
    }),
  )
}

const glazes: Line[] = [
  {
    code: 'shimo',
    sku: 'SHIMO',
    name: ['霜柱の', 'Frost'],
    kana: 'シモバシラノ',
    says: [
      '白い化粧土をかけた粉引のうつわです。使うほどにしっとりした色になります。',
      'White slip over a dark body: it mellows with use.',
    ],
    look: { colour: '#EDE8DC', other: '#8A6F55', finish: 'matte' },
  },
  {
    code: 'yau',
    sku: 'YAU',
    name: ['夜雨の', 'Night rain'],
    kana: 'ヨサメノ',
    says: [
      '光の当たり方で表情の変わる黒釉です。料理の色が映えます。',
      'A black glaze that changes with the light and sets off food.',
    ],
    look: { colour: '#24252A', other: '#4A3A30', finish: 'glaze' },
  },
  {
    code: 'oribe',
    sku: 'ORIBE',
    name: ['若苔の', 'Young moss'],
    kana: 'ワカゴケノ',
    says: [
      '織部の緑釉が縁から流れます。流れ方は一つずつ違います。',
      'Oribe green runs from the rim, on each piece in its own way.',
    ],
    look: { colour: '#4F6B45', other: '#C9B28C', finish: 'glaze' },
  },
  {
    code: 'ai',
    sku: 'AI',
    name: ['藍晒しの', 'Bleached indigo'],
    kana: 'アイザラシノ',
    says: [
      '呉須の藍を薄くかけました。洗いざらしの布のような色です。',
      'A thin wash of cobalt, the colour of well-washed cloth.',
    ],
    look: { colour: '#6C86A6', other: '#E6E2D8', finish: 'glaze' },
    price: 105,
  },
  {
    code: 'ame',
    sku: 'AME',
    name: ['飴色の', 'Amber'],
    kana: 'アメイロノ',
    says: [
      '昔ながらの飴釉です。電子レンジと食器洗い機でお使いいただけます。',
      'A traditional amber glaze. Safe for microwave and dishwasher.',
    ],
    look: { colour: '#8A4F22', other: '#5A3318', finish: 'gloss' },
  },
  {
    code: 'hakuji',
    sku: 'HAKUJI',
    name: ['白磁の', 'White porcelain'],
    kana: 'ハクジノ',
    says: [
      '薄く挽いた磁器です。匂いが移りにくく、電子レンジと食器洗い機でお使いいただけます。',
      'Thinly thrown porcelain that holds no smell. Safe for microwave and dishwasher.',
    ],
    look: { colour: '#F6F6F3', other: '#F6F6F3', finish: 'gloss' },
    price: 115,
  },
  {
    code: 'sakyu',
    sku: 'SAKYU',
    name: ['砂丘の', 'Dune'],
    kana: 'サキュウノ',
    says: [
      '砂のような手ざわりのつや消し釉です。食洗機はお控えください。',
      'A matt glaze, sandy to the touch. Please wash by hand.',
    ],
    look: { colour: '#CDB892', other: '#9C7B54', finish: 'matte' },
  },
  {
    code: 'zakuro',
    sku: 'ZAKURO',
    name: ['柘榴の', 'Pomegranate'],
    kana: 'ザクロノ',
    says: ['銅を含む釉薬が、深い赤に焼き上がりました。', 'Copper in the glaze fires to a deep red.'],
    look: { colour: '#7E2A2A', other: '#4A2A22', finish: 'gloss' },
    price: 120,
  },
]
const wares: Form[] = [
  {
    code: 'mug',
    sku: 'MUG',
    name: ['マグカップ', 'mug'],
    kana: 'マグカップ',
    says: [
      '口が少し開いた、飲みやすいマグです。容量は約280mlです。',
      'A mug with a lip that opens a little. About 280 ml.',
    ],
    summary: ['朝のコーヒーにちょうどよい280mlです。', '280 ml, right for the morning coffee.'],
    scene: 'mug',
    price: 2640,
    weight: 320,
    categories: ['cups'],
  },
  {
    code: 'yunomi',
    sku: 'YUN',
    name: ['湯のみ', 'teacup'],
    kana: 'ユノミ',
    says: [
      '手に沿う丸みの湯のみです。容量は約170mlです。',
      'A rounded teacup that fits the hand. About 170 ml.',
    ],
    summary: ['両手で包みたくなる湯のみです。', 'A teacup to hold with both hands.'],
    scene: 'teacup',
    price: 1760,
    weight: 190,
    categories: ['cups'],
  },
  {
    code: 'soba-cup',
    sku: 'SOBA',
    name: ['そば猪口', 'soba cup'],
    kana: 'ソバチョコ',
    says: [
      'つゆにも、飲みものにも、小鉢にも使えます。容量は約200mlです。',
      'For dipping sauce, drinks or a side dish. About 200 ml.',
    ],
    summary: ['用途を選ばない小さなうつわです。', 'A small cup for anything.'],
    scene: 'sobacup',
    price: 1430,
    weight: 170,
    categories: ['cups'],
  },
  {
    code: 'rice-bowl',
    sku: 'RICE',
    name: ['飯碗', 'rice bowl'],
    kana: 'メシワン',
    says: [
      '持ちやすい高台の飯碗です。直径は約12cmです。',
      'A rice bowl with a foot that is easy to hold. About 12 cm across.',
    ],
    summary: ['毎日のごはんのための碗です。', 'A bowl for everyday rice.'],
    scene: 'ricebowl',
    price: 1980,
    weight: 230,
    categories: ['bowls'],
  },
  {
    code: 'small-bowl',
    sku: 'KOB',
    name: ['小鉢', 'small bowl'],
    kana: 'コバチ',
    says: [
      '和えものやヨーグルトに使いやすい深さです。直径は約11cmです。',
      'Deep enough for dressed vegetables or yoghurt. About 11 cm across.',
    ],
    summary: ['もう一品に手が伸びる小鉢です。', 'For one more dish on the table.'],
    scene: 'smallbowl',
    price: 1540,
    weight: 190,
    categories: ['bowls'],
  },
  {
    code: 'donburi',
    sku: 'DON',
    name: ['どんぶり', 'donburi bowl'],
    kana: 'ドンブリ',
    says: [
      '麺にも丼ものにも使える大きな鉢です。直径は約17cmです。',
      'A large bowl for noodles and rice dishes. About 17 cm across.',
    ],
    summary: ['麺も丼も、これ一つで。', 'Noodles and rice dishes alike.'],
    scene: 'donburi',
    price: 3080,
    weight: 520,
    categories: ['bowls'],
  },
  {
    code: 'plate',
    sku: 'PL',
    name: ['平皿', 'plate'],
    kana: 'ヒラザラ',
    says: ['縁が少し立ち、汁気のある料理も受けとめます。', 'The rim stands up a little, to hold sauces.'],
    summary: ['取り皿から主菜まで、三つの大きさです。', 'From side plate to main course, in three sizes.'],
    scene: 'plate',
    price: { '15': 1320, '18': 1980, '24': 3520 },
    weight: { '15': 230, '18': 340, '24': 620 },
    options: [sizes({ '15': ['15cm', '15 cm'], '18': ['18cm', '18 cm'], '24': ['24cm', '24 cm'] })],
    categories: ['plates'],
  },
  {
    code: 'katakuchi',
    sku: 'KATA',
    name: ['片口', 'pouring bowl'],
    kana: 'カタクチ',
    says: [
      '注ぎ口の切れがよい片口です。酒器にも、ソース入れにも。容量は約300mlです。',
      'Pours without dripping: for sake or sauces. About 300 ml.',
    ],
    summary: ['注ぐ姿のきれいな片口です。', 'A bowl that pours well.'],
    scene: 'katakuchi',
    price: 3300,
    weight: 310,
    categories: ['bowls'],
  },
  {
    code: 'vase',
    sku: 'VASE',
    name: ['一輪挿し', 'bud vase'],
    kana: 'イチリンザシ',
    says: [
      '庭の一枝が似合う、口の細い花器です。高さは約16cmです。',
      'A narrow neck for a single branch. About 16 cm high.',
    ],
    summary: ['一輪で部屋が変わります。', 'One flower changes a room.'],
    scene: 'vase',
    price: 3960,
    weight: 410,
    categories: ['tableware'],
  },
]
const weaves: Line[] = [
  {
    code: 'waffle',
    sku: 'WAF',
    name: ['ワッフルの', 'Waffle'],
    kana: 'ワッフルノ',
    says: [
      '凹凸のある織りが水をよく吸い、早く乾きます。綿100%です。',
      'The raised weave drinks water and dries fast. Pure cotton.',
    ],
    look: { colour: '#E4DCCB', finish: 'cloth' },
    colours: ['natural', 'sky', 'charcoal'],
  },
  {
    code: 'gauze',
    sku: 'GAZ',
    name: ['ガーゼの', 'Gauze'],
    kana: 'ガーゼノ',
    says: [
      '二重に織ったガーゼです。洗うたびに空気を含んでふくらみます。綿100%です。',
      'Double gauze that fills with air as it is washed. Pure cotton.',
    ],
    look: { colour: '#CBA59F', finish: 'cloth' },
    colours: ['white', 'rose', 'sage'],
  },
  {
    code: 'belgian',
    sku: 'BEL',
    name: ['亜麻の', 'Flax'],
    kana: 'アマノ',
    says: [
      '洗いをかけたリネンです。はじめからやわらかく、長く使えます。麻100%です。',
      'Washed linen, soft from the first day and long-lived. Pure flax.',
    ],
    look: { colour: '#A5B29B', finish: 'cloth' },
    price: 130,
    colours: ['natural', 'sage', 'navy'],
  },
  {
    code: 'mikawa',
    sku: 'MIK',
    name: ['刺し子織の', 'Sashiko weave'],
    kana: 'サシコオリノ',
    says: ['刺し子のような目で織った丈夫な木綿です。', 'Sturdy cotton woven to look like sashiko stitching.'],
    look: { colour: '#34507A', finish: 'cloth' },
    colours: ['indigo', 'charcoal'],
  },
  {
    code: 'organic',
    sku: 'ORG',
    name: ['有機綿の', 'Organic cotton'],
    kana: 'ユウキメンノ',
    says: ['有機栽培の綿を、やわらかく織りました。', 'Organically grown cotton, softly woven.'],
    look: { colour: '#EAE0CC', finish: 'cloth' },
    price: 115,
    colours: ['natural', 'white'],
  },
]
const cloths: Form[] = [
  {
    code: 'handkerchief',
    sku: 'HAN',
    name: ['ハンカチ', 'handkerchief'],
    kana: 'ハンカチ',
    says: ['ポケットでかさばらない薄手です。40×40cm。', 'Thin enough for a pocket. 40 × 40 cm.'],
    summary: ['毎日持ち歩きたい一枚です。', 'One to carry every day.'],
    scene: 'cloth',
    price: 990,
    weight: 25,
    categories: ['towels'],
  },
  {
    code: 'dishcloth',
    sku: 'DISH',
    name: ['ふきん', 'dishcloth'],
    kana: 'フキン',
    says: ['食器拭きにも台拭きにも。33×40cm。', 'For dishes and for the table. 33 × 40 cm.'],
    summary: ['台所で働くふきんです。', 'A cloth that works in the kitchen.'],
    scene: 'cloth',
    price: 770,
    weight: 30,
    categories: ['towels', 'kitchen'],
  },
  {
    code: 'hand-towel',
    sku: 'HTOW',
    name: ['ハンドタオル', 'hand towel'],
    kana: 'ハンドタオル',
    says: ['洗面所にちょうどよい大きさです。34×40cm。', 'The right size beside a basin. 34 × 40 cm.'],
    summary: ['手を拭くたび気持ちのよいタオルです。', 'Good to the hands each time.'],
    scene: 'cloth',
    price: 1210,
    weight: 60,
    categories: ['towels'],
  },
  {
    code: 'bath-sheet',
    sku: 'BATH',
    name: ['バスタオル', 'bath sheet'],
    kana: 'バスタオル',
    says: ['体を包める大きさです。65×130cm。', 'Large enough to wrap up in. 65 × 130 cm.'],
    summary: ['湯上がりを包む一枚です。', 'To wrap up in after a bath.'],
    scene: 'cloth',
    price: 4180,
    weight: 320,
    categories: ['towels'],
  },
  {
    code: 'runner',
    sku: 'RUN',
    name: ['テーブルランナー', 'table runner'],
    kana: 'テーブルランナー',
    says: ['食卓に一本敷くだけで整います。40×150cm。', 'One strip sets the table. 40 × 150 cm.'],
    summary: ['食卓の印象を変える布です。', 'Changes the look of a table.'],
    scene: 'cloth',
    price: 4620,
    weight: 180,
    categories: ['table-linen'],
  },
  {
    code: 'throw',
    sku: 'THR',
    name: ['ひざ掛け', 'throw'],
    kana: 'ヒザカケ',
    says: ['軽くてあたたかいひざ掛けです。100×140cm。', 'Light and warm. 100 × 140 cm.'],
    summary: ['一年中手もとに置きたいひざ掛けです。', 'To keep near all year.'],
    scene: 'cloth',
    price: 7920,
    weight: 540,
    categories: ['bedding'],
  },
  {
    code: 'pillowcase',
    sku: 'PIL',
    name: ['枕カバー', 'pillowcase'],
    kana: 'マクラカバー',
    says: [
      'ファスナーのない合わせ式です。43×63cmの枕に。',
      'Closes with an envelope. For pillows of 43 × 63 cm.',
    ],
    summary: ['頬にやさしい枕カバーです。', 'Kind to the cheek.'],
    scene: 'cloth',
    price: 2970,
    weight: 130,
    categories: ['bedding'],
  },
]
const fibres: Line[] = [
  {
    code: 'flax-linen',
    sku: 'LI',
    name: ['リネンの', 'Linen'],
    kana: 'リネンノ',
    says: ['洗いざらしで着られるリネンです。日本で縫いました。', 'Linen to wear unironed, sewn in Japan.'],
    look: { colour: '#DDD0B8', finish: 'cloth' },
    price: 120,
    colours: ['natural', 'navy'],
  },
  {
    code: 'cotton',
    sku: 'CO',
    name: ['綿の', 'Cotton'],
    kana: 'メンノ',
    says: ['度詰めに編んだ、型崩れしにくい綿です。', 'Densely knitted cotton that keeps its shape.'],
    look: { colour: '#F1EDE4', finish: 'cloth' },
    colours: ['white', 'navy'],
  },
  {
    code: 'wool',
    sku: 'WO',
    name: ['ウールの', 'Wool'],
    kana: 'ウールノ',
    says: [
      'ちくちくしにくい細い羊毛です。手洗いできます。',
      'Fine wool that does not itch. Washable by hand.',
    ],
    look: { colour: '#45474A', finish: 'cloth' },
    price: 145,
    colours: ['charcoal', 'natural'],
  },
  {
    code: 'denim',
    sku: 'DE',
    name: ['藍染めの', 'Indigo-dyed'],
    kana: 'アイゾメノ',
    says: [
      '着るほどに色の変わる藍染めです。はじめは単独で洗ってください。',
      'Indigo that changes as it is worn. Wash alone at first.',
    ],
    look: { colour: '#34507A', finish: 'cloth' },
    price: 130,
    colours: ['indigo'],
  },
  {
    code: 'silk',
    sku: 'SI',
    name: ['絹の', 'Silk'],
    kana: 'キヌノ',
    says: [
      'しっとりと肌に沿う絹です。夏は涼しく、冬は温かく着られます。',
      'Silk that follows the skin, cool in summer and warm in winter.',
    ],
    look: { colour: '#CBA59F', finish: 'cloth' },
    price: 190,
    colours: ['rose', 'charcoal'],
  },
]
const wear = wearSize('s', 'm', 'l')
const clothes: Form[] = [
  {
    code: 'shirt',
    sku: 'SH',
    name: ['シャツ', 'shirt'],
    kana: 'シャツ',
    says: ['一枚でも羽織っても着られる、ゆるやかな形です。', 'Cut easy, to wear alone or over a tee.'],
    summary: ['仕事にも休日にも。', 'For work and for days off.'],
    scene: 'cloth',
    price: 9900,
    weight: 260,
    options: [wear],
    categories: ['tops'],
  },
  {
    code: 'pullover',
    sku: 'PU',
    name: ['プルオーバー', 'pullover'],
    kana: 'プルオーバー',
    says: ['肩の落ちた、らくな着心地のプルオーバーです。', 'Dropped shoulders and an easy fit.'],
    summary: ['手が先に伸びる普段着です。', 'The one you reach for.'],
    scene: 'cloth',
    price: 7700,
    weight: 240,
    options: [wear],
    categories: ['tops'],
  },
  {
    code: 'vest',
    sku: 'VE',
    name: ['ベスト', 'vest'],
    kana: 'ベスト',
    says: ['重ね着のしやすい、前開きのベストです。', 'Opens in front, made for layers.'],
    summary: ['もう一枚ほしい日に。', 'For days that need one layer more.'],
    scene: 'cloth',
    price: 8800,
    weight: 220,
    options: [wear],
    categories: ['tops'],
  },
  {
    code: 'trousers',
    sku: 'TR',
    name: ['テーパードパンツ', 'tapered trousers'],
    kana: 'テーパードパンツ',
    says: ['腰まわりはゆったり、裾へ細くなる形です。', 'Roomy at the hip, narrow at the hem.'],
    summary: ['すっきり見えて、動きやすい一本です。', 'Neat to look at, easy to move in.'],
    scene: 'cloth',
    price: 11000,
    weight: 420,
    options: [wear],
    categories: ['bottoms'],
  },
  {
    code: 'skirt',
    sku: 'SK',
    name: ['ロングスカート', 'long skirt'],
    kana: 'ロングスカート',
    says: ['腰はゴム仕様で、歩きやすい広がりです。', 'An elastic waist and room to walk.'],
    summary: ['一年を通してはけるスカートです。', 'A skirt for all seasons.'],
    scene: 'cloth',
    price: 10450,
    weight: 380,
    options: [wear],
    categories: ['bottoms'],
  },
  {
    code: 'scarf',
    sku: 'SC',
    name: ['マフラー', 'scarf'],
    kana: 'マフラー',
    says: ['首もとで結びやすい長さです。30×170cm。', 'A length that ties well. 30 × 170 cm.'],
    summary: ['首もとの一枚です。', 'One for the neck.'],
    scene: 'cloth',
    price: 5280,
    weight: 150,
    categories: ['accessories'],
  },
]
const wares2: Line[] = [
  {
    code: 'hinoki',
    sku: 'HIN',
    name: ['檜の', 'Hinoki'],
    kana: 'ヒノキノ',
    says: [
      '水に強く、香りのよい檜です。使ったあとは陰干ししてください。',
      'Hinoki is fragrant and stands water. Dry in the shade.',
    ],
    look: { colour: '#D9B98A', finish: 'wood' },
  },
  {
    code: 'walnut',
    sku: 'WAL',
    name: ['胡桃の', 'Walnut'],
    kana: 'クルミノ',
    says: ['色の深い胡桃を、植物油で仕上げました。', 'Deep-coloured walnut, finished with plant oil.'],
    look: { colour: '#6B4A36', finish: 'wood' },
    price: 135,
  },
  {
    code: 'urushi',
    sku: 'URU',
    name: ['拭漆の', 'Wiped lacquer'],
    kana: 'フキウルシノ',
    says: [
      '漆を拭き重ねて仕上げました。使うほどにつやが出ます。',
      'Lacquer wiped on in layers: it gains a shine with use.',
    ],
    look: { colour: '#4A1F18', finish: 'gloss' },
    price: 180,
  },
]
const woodwork: Form[] = [
  {
    code: 'tray',
    sku: 'TRY',
    name: ['お盆', 'tray'],
    kana: 'オボン',
    says: ['縁に指のかかる、軽いお盆です。直径30cm。', 'A light tray with a rim to hold. 30 cm across.'],
    summary: ['一人分の膳にもなります。', 'Sets a place for one.'],
    scene: 'tray',
    price: 5500,
    weight: 480,
    categories: ['tableware'],
  },
  {
    code: 'lunchbox',
    sku: 'BEN',
    name: ['弁当箱', 'lunch box'],
    kana: 'ベントウバコ',
    says: [
      'ごはんの水分をほどよく吸う、楕円の弁当箱です。容量は約600mlです。',
      'An oval box that takes up just enough moisture. About 600 ml.',
    ],
    summary: ['冷めてもおいしいごはんのために。', 'For rice that tastes good cold.'],
    scene: 'lunchbox',
    price: 7700,
    weight: 210,
    categories: ['kitchen'],
  },
  {
    code: 'soup-bowl',
    sku: 'WAN',
    name: ['汁椀', 'soup bowl'],
    kana: 'シルワン',
    says: ['熱が手に伝わりにくい椀です。直径12cm。', 'Keeps the heat from your hands. 12 cm across.'],
    summary: ['味噌汁の時間が楽しみになります。', 'Makes miso soup something to look forward to.'],
    scene: 'ricebowl',
    price: 4400,
    weight: 110,
    categories: ['bowls'],
  },
  {
    code: 'board',
    sku: 'BRD',
    name: ['カッティングボード', 'serving board'],
    kana: 'カッティングボード',
    says: ['切ってそのまま出せる板です。38×18cm。', 'Cut and serve on it. 38 × 18 cm.'],
    summary: ['パンとチーズの似合う板です。', 'Made for bread and cheese.'],
    scene: 'board',
    price: 4950,
    weight: 700,
    categories: ['kitchen'],
  },
  {
    code: 'canister',
    sku: 'CAN',
    name: ['茶筒', 'tea canister'],
    kana: 'チャヅツ',
    says: [
      'ふたが静かに沈む茶筒です。茶葉約100gが入ります。',
      'The lid sinks slowly. Holds about 100 g of tea.',
    ],
    summary: ['茶葉を湿気から守ります。', 'Keeps tea dry.'],
    scene: 'canister',
    price: 6050,
    weight: 160,
    categories: ['kitchen'],
  },
  {
    code: 'butter-case',
    sku: 'BUT',
    name: ['バターケース', 'butter case'],
    kana: 'バターケース',
    says: ['半ポンドのバターがそのまま入ります。', 'Takes half a pound of butter as it is.'],
    summary: ['朝の食卓に置いたままにできます。', 'Stays on the breakfast table.'],
    scene: 'box',
    price: 4180,
    weight: 240,
    categories: ['kitchen'],
  },
]
const metals: Line[] = [
  {
    code: 'enamel',
    sku: 'ENA',
    name: ['琺瑯の', 'Enamel'],
    kana: 'ホウロウノ',
    says: [
      '匂いの移りにくい琺瑯です。直火とIHでお使いいただけます。',
      'Enamel holds no smells. For gas and induction.',
    ],
    look: { colour: '#F2EFE6', other: '#2B2B2B', finish: 'gloss' },
  },
  {
    code: 'copper',
    sku: 'COP',
    name: ['銅の', 'Copper'],
    kana: 'ドウノ',
    says: ['熱がむらなく回る銅です。IHではお使いいただけません。', 'Copper heats evenly. Not for induction.'],
    look: { colour: '#B8744F', finish: 'metal' },
    price: 170,
  },
  {
    code: 'stainless',
    sku: 'STA',
    name: ['ステンレスの', 'Stainless steel'],
    kana: 'ステンレスノ',
    says: [
      '手入れの楽なステンレスです。直火とIH、食洗機でお使いいただけます。',
      'Easy to care for: gas, induction, dishwasher.',
    ],
    look: { colour: '#B9BBBC', finish: 'metal' },
  },
]
const metalwork: Form[] = [
  {
    code: 'kettle',
    sku: 'KET',
    name: ['ケトル', 'kettle'],
    kana: 'ケトル',
    says: [
      '注ぎ口の細い、湯を落としやすいケトルです。容量は1Lです。',
      'A narrow spout for pouring slowly. Holds 1 l.',
    ],
    summary: ['コーヒーにもお茶にも。', 'For coffee and for tea.'],
    scene: 'kettle',
    price: 9350,
    weight: 720,
    categories: ['kitchen'],
  },
  {
    code: 'saucepan',
    sku: 'SAU',
    name: ['片手鍋', 'saucepan'],
    kana: 'カタテナベ',
    says: ['味噌汁二人分にちょうどよい鍋です。直径16cm。', 'Right for soup for two. 16 cm across.'],
    summary: ['毎朝使う小鍋です。', 'A small pan for every morning.'],
    scene: 'saucepan',
    price: 7150,
    weight: 690,
    categories: ['kitchen'],
  },
  {
    code: 'mixing-bowl',
    sku: 'MIX',
    name: ['ボウル', 'mixing bowl'],
    kana: 'ボウル',
    says: ['深さがあり、混ぜやすいボウルです。', 'Deep, and easy to mix in.'],
    summary: ['下ごしらえがはかどります。', 'Makes preparation go well.'],
    scene: 'donburi',
    price: { '15': 1980, '21': 2640 },
    weight: { '15': 180, '21': 300 },
    options: [sizes({ '15': ['15cm', '15 cm'], '21': ['21cm', '21 cm'] })],
    categories: ['kitchen'],
  },
  {
    code: 'dripper',
    sku: 'DRI',
    name: ['コーヒードリッパー', 'coffee dripper'],
    kana: 'コーヒードリッパー',
    says: ['1〜2杯用の円すい形です。', 'A cone for one or two cups.'],
    summary: ['湯の流れがきれいなドリッパーです。', 'Water runs through it evenly.'],
    scene: 'dripper',
    price: 3850,
    weight: 190,
    categories: ['kitchen'],
  },
  {
    code: 'tea-strainer',
    sku: 'STR',
    name: ['茶こし', 'tea strainer'],
    kana: 'チャコシ',
    says: ['細かな目で、深蒸し茶にも使えます。', 'Fine enough for deep-steamed tea.'],
    summary: ['急須のない日のために。', 'For days without a teapot.'],
    scene: 'smallbowl',
    price: 1650,
    weight: 60,
    categories: ['kitchen'],
  },
]
const flavours: Line[] = [
  {
    code: 'yuzu',
    sku: 'YUZ',
    name: ['柚子', 'Yuzu'],
    kana: 'ユズ',
    says: ['高知の柚子を皮ごと使いました。', 'With yuzu from Kochi, peel and all.'],
    look: { colour: '#E3B23C', finish: 'glass' },
  },
  {
    code: 'ginger',
    sku: 'GIN',
    name: ['生姜', 'Ginger'],
    kana: 'ショウガ',
    says: ['辛みの残る根生姜を使いました。', 'With root ginger that keeps its heat.'],
    look: { colour: '#D6B36A', finish: 'glass' },
  },
  {
    code: 'sesame',
    sku: 'SES',
    name: ['黒ごま', 'Black sesame'],
    kana: 'クロゴマ',
    says: [
      '煎りたての黒ごまを石臼で挽きました。アレルゲン：ごま。',
      'Freshly roasted and stone-ground. Contains sesame.',
    ],
    look: { colour: '#2E2A28', finish: 'glass' },
  },
  {
    code: 'apple',
    sku: 'APP',
    name: ['りんご', 'Apple'],
    kana: 'リンゴ',
    says: [
      '長野のりんごを煮詰めました。アレルゲン：りんご。',
      'Apples from Nagano, cooked down. Contains apple.',
    ],
    look: { colour: '#C4553B', finish: 'glass' },
  },
  {
    code: 'matcha',
    sku: 'MAT',
    name: ['抹茶', 'Matcha'],
    kana: 'マッチャ',
    says: ['宇治の抹茶を使いました。', 'With matcha from Uji.'],
    look: { colour: '#6E8B3D', finish: 'glass' },
    price: 120,
  },
  {
    code: 'plum',
    sku: 'UME',
    name: ['梅', 'Ume'],
    kana: 'ウメ',
    says: ['和歌山の南高梅を使いました。', 'With Nanko ume from Wakayama.'],
    look: { colour: '#B4435A', finish: 'glass' },
  },
]
const foods: Form[] = [
  {
    code: 'syrup',
    sku: 'SYR',
    name: ['シロップ', 'syrup'],
    kana: 'シロップ',
    says: ['水や炭酸で割ってお楽しみください。内容量200ml。', 'Dilute with water or soda. 200 ml.'],
    summary: ['夏は冷たく、冬は温かく。', 'Cold in summer, warm in winter.'],
    scene: 'bottle',
    price: 1296,
    weight: 420,
    categories: ['pantry'],
  },
  {
    code: 'spread',
    sku: 'SPR',
    name: ['スプレッド', 'spread'],
    kana: 'スプレッド',
    says: ['パンにもヨーグルトにも。内容量120g。', 'For toast and yoghurt. 120 g.'],
    summary: ['朝のパンが楽しみになります。', 'Something for the morning toast.'],
    scene: 'jam',
    price: 972,
    weight: 230,
    categories: ['pantry'],
  },
  {
    code: 'cookies',
    sku: 'COO',
    name: ['クッキー', 'cookies'],
    kana: 'クッキー',
    says: [
      '国産の小麦とバターで焼きました。アレルゲン：小麦・乳。',
      'Baked with domestic flour and butter. Contains wheat and milk.',
    ],
    summary: ['お茶のおともに。', 'To go with tea.'],
    scene: 'pouch',
    price: 756,
    weight: 110,
    categories: ['pantry'],
  },
  {
    code: 'dressing',
    sku: 'DRE',
    name: ['ドレッシング', 'dressing'],
    kana: 'ドレッシング',
    says: ['よく振ってお使いください。内容量180ml。アレルゲン：大豆。', 'Shake well. 180 ml. Contains soy.'],
    summary: ['野菜がもう一皿ほしくなります。', 'Makes you want more salad.'],
    scene: 'bottle',
    price: 864,
    weight: 390,
    categories: ['pantry'],
  },
  {
    code: 'amazake',
    sku: 'AMA',
    name: ['甘酒', 'amazake'],
    kana: 'アマザケ',
    says: [
      '米と麹だけの甘さです。アルコールは含みません。内容量200ml。',
      'Sweet from rice and koji alone, without alcohol. 200 ml.',
    ],
    summary: ['体を休めたい日に。', 'For a day of rest.'],
    scene: 'bottle',
    price: 648,
    weight: 400,
    categories: ['tea-coffee'],
  },
]
const papers: Line[] = [
  {
    code: 'tsuyu',
    sku: 'TSU',
    name: ['露草色の', 'Dayflower'],
    kana: 'ツユクサイロノ',
    says: ['お包みは手すきの和紙です。', 'Wrapped in hand-made washi.'],
    look: { colour: '#5B7FB2', finish: 'paper' },
  },
  {
    code: 'yamabuki',
    sku: 'YAM',
    name: ['山吹色の', 'Kerria'],
    kana: 'ヤマブキイロノ',
    says: ['お包みは手すきの和紙です。', 'Wrapped in hand-made washi.'],
    look: { colour: '#E0A526', finish: 'paper' },
  },
  {
    code: 'sumi',
    sku: 'SUM',
    name: ['墨色の', 'Ink'],
    kana: 'スミイロノ',
    says: ['お包みは手すきの和紙です。', 'Wrapped in hand-made washi.'],
    look: { colour: '#3A3A3C', finish: 'paper' },
  },
  {
    code: 'sakura',
    sku: 'SAK',
    name: ['桜色の', 'Cherry blossom'],
    kana: 'サクライロノ',
    says: ['お包みは手すきの和紙です。', 'Wrapped in hand-made washi.'],
    look: { colour: '#E3B9B9', finish: 'paper' },
  },
]
const paperwork: Form[] = [
  {
    code: 'notebook',
    sku: 'NB',
    name: ['ノート', 'notebook'],
    kana: 'ノート',
    says: ['180度開く糸かがりのノートです。A5判96ページ。', 'Thread-sewn, opens flat. A5, 96 pages.'],
    summary: ['書くことが続くノートです。', 'A notebook to keep writing in.'],
    scene: 'book',
    price: 1320,
    weight: 180,
    categories: ['stationery'],
  },
  {
    code: 'envelope',
    sku: 'EN',
    name: ['便箋と封筒', 'letter set'],
    kana: 'ビンセントフウトウ',
    says: ['便箋20枚と封筒10枚の組です。', 'Twenty sheets and ten envelopes.'],
    summary: ['手紙を書きたくなる組です。', 'Makes you want to write a letter.'],
    scene: 'book',
    price: 1100,
    weight: 120,
    categories: ['stationery'],
  },
  {
    code: 'box',
    sku: 'BX',
    name: ['貼り箱', 'paper box'],
    kana: 'ハリバコ',
    says: ['芯のしっかりした紙の箱です。15×15×8cm。', 'A stiff paper box. 15 × 15 × 8 cm.'],
    summary: ['小さなものの居場所に。', 'A place for small things.'],
    scene: 'box',
    price: 1870,
    weight: 160,
    categories: ['stationery'],
  },
  {
    code: 'candle',
    sku: 'CDL',
    name: ['和ろうそく', 'wax candle'],
    kana: 'ワロウソク',
    says: [
      '櫨の蝋を手掛けした、すすの少ないろうそくです。約3時間灯ります。',
      'Hand-dipped sumac wax with little soot. Burns for about 3 hours.',
    ],
    summary: ['揺れの大きい、あたたかな炎です。', 'A warm flame that sways.'],
    scene: 'candle',
    price: 1650,
    weight: 90,
    categories: ['fragrance'],
  },
  {
    code: 'incense',
    sku: 'INC',
    name: ['お香', 'incense'],
    kana: 'オコウ',
    says: [
      '煙の少ない短寸です。約20分燃えます。30本入り。',
      'Short sticks with little smoke, 20 minutes each. Thirty sticks.',
    ],
    summary: ['部屋を整える香りです。', 'A scent that settles a room.'],
    scene: 'pouch',
    price: 1430,
    weight: 50,
    categories: ['fragrance'],
  },
]

export const range: readonly Ranged[] = [
  ...cross('みぎわと うつわ', 101, glazes, wares),
  ...cross('みぎわと 布もの', 201, weaves, cloths),
  ...cross('みぎわと 服', 261, fibres, clothes),
  ...cross('みぎわと 台所', 301, wares2, woodwork),
  ...cross('みぎわと 台所', 331, metals, metalwork),
  ...cross('みぎわと 食', 361, flavours, foods, { tax: 'reduced', lot: true }),
  ...cross('みぎわと 文具', 401, papers, paperwork),
]
