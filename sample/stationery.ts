import { choice, colour, product } from './shape.ts'

const paper = 'みぎわと 文具'
const scent = 'みぎわと 香り'

export const stationery = [
  product({
    number: 55,
    sku: 'NOTE',
    code: 'thread-bound-notebook',
    name: ['糸かがりのノート', 'Thread-bound notebook'],
    kana: 'イトカガリノノート',
    summary: ['180度ぱたりと開く、Ａ５判のノートです。', 'An A5 notebook that opens flat.'],
    description: [
      '糸で綴じているので、どのページも平らに開きます。万年筆でも裏に抜けにくい紙を使いました。5mm方眼、144ページです。',
      'Sewn with thread so that every page lies flat, on paper that takes fountain pens. 5 mm grid, 144 pages.',
    ],
    categories: ['stationery'],
    brand: paper,
    options: [colour('natural', 'indigo', 'moss')],
    price: 1210,
    weight_grams: 230,
  }),
  product({
    number: 56,
    sku: 'LETTER',
    code: 'letter-set',
    name: ['便りの一式', 'Letter set'],
    kana: 'タヨリノイッシキ',
    summary: ['便箋20枚と封筒5枚の組み合わせです。', 'Twenty sheets and five envelopes.'],
    description: [
      'にじみにくい和紙の便箋です。縦書きと横書きからお選びいただけます。',
      'Washi paper that resists bleeding, ruled for vertical or horizontal writing.',
    ],
    categories: ['stationery', 'gifts'],
    brand: paper,
    options: [
      choice('ruling', ['罫', 'Ruling'], { tate: ['縦書き', 'Vertical'], yoko: ['横書き', 'Horizontal'] }),
    ],
    price: 990,
    weight_grams: 90,
  }),
  product({
    number: 57,
    sku: 'PENCASE',
    code: 'canvas-pen-case',
    name: ['帆布の筆入れ', 'Canvas pen case'],
    kana: 'ハンプノフデイレ',
    summary: ['鉛筆が10本ほど入る、細身の筆入れです。', 'Slim, for about ten pencils.'],
    description: [
      'トートと同じ帆布で作りました。内側は汚れの目立ちにくい濃い色です。',
      'Made from the canvas of our tote, lined in a forgiving dark colour.',
    ],
    categories: ['stationery'],
    brand: paper,
    options: [colour('natural', 'charcoal')],
    price: 1980,
    weight_grams: 60,
  }),
]

export const fragrance = [
  product({
    number: 58,
    sku: 'CANDLE',
    code: 'soy-candle',
    name: ['大豆ろうのキャンドル', 'Soy wax candle'],
    kana: 'ダイズロウノキャンドル',
    summary: ['およそ30時間、静かに香ります。', 'About thirty hours of quiet scent.'],
    description: [
      '大豆から作ったろうに、国産の精油を合わせました。火をつけたままその場を離れないでください。',
      'Soy wax with essential oils from Japan. Never leave a burning candle unattended.',
    ],
    categories: ['fragrance', 'gifts'],
    brand: scent,
    options: [
      choice('scent', ['香り', 'Scent'], {
        hinoki: ['ひのき', 'Hinoki'],
        yuzu: ['ゆず', 'Yuzu'],
        kuromoji: ['くろもじ', 'Kuromoji'],
      }),
    ],
    price: 3520,
    weight_grams: 360,
  }),
  product({
    number: 59,
    sku: 'INCENSE',
    code: 'incense',
    name: ['ひといきのお香', 'Short-break incense'],
    kana: 'ヒトイキノオコウ',
    summary: ['10分ほどで燃え切る、短いお香です。', 'Short sticks that burn for ten minutes.'],
    description: [
      '仕事の合間や就寝前に、短く香りを楽しめます。20本入り、陶器の香立てつきです。',
      'A brief scent between tasks or before bed. Twenty sticks with a ceramic holder.',
    ],
    categories: ['fragrance'],
    brand: scent,
    options: [
      choice('scent', ['香り', 'Scent'], {
        sandal: ['白檀', 'Sandalwood'],
        hinoki: ['ひのき', 'Hinoki'],
        sakura: ['桜', 'Cherry blossom'],
      }),
    ],
    price: 1650,
    weight_grams: 80,
  }),
  product({
    number: 60,
    sku: 'DIFFUSER',
    code: 'reed-diffuser',
    name: ['枝のディフューザー 100ml', 'Reed diffuser, 100 ml'],
    kana: 'エダノディフューザー',
    summary: ['火を使わず、二か月ほど香りが続きます。', 'Flame-free scent for about two months.'],
    description: [
      '枝の本数で香りの強さを調整できます。液がこぼれると家具を傷めることがありますので、受け皿の上でお使いください。',
      'Use more or fewer reeds to set the strength. Stand it on a dish: spilt oil can mark furniture.',
    ],
    categories: ['fragrance', 'gifts'],
    brand: scent,
    options: [
      choice('scent', ['香り', 'Scent'], {
        hinoki: ['ひのき', 'Hinoki'],
        kuromoji: ['くろもじ', 'Kuromoji'],
      }),
    ],
    price: 4620,
    weight_grams: 340,
  }),
]
