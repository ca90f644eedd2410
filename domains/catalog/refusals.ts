import { refusal } from '#kernel/refusal'
/** Which field of what was sent: `skus/2/jan`. */
type At = { at: string }
export const SkuMissing = refusal<{ sku: string | number }>(
  'catalog.sku_missing',
  'missing',
  (d) => [`商品コード「${d.sku}」が見つかりません。`, 'コードまたはJANをご確認ください。'],
  (d) => [`There is no SKU “${d.sku}”.`, 'Check the code or the JAN.'],
)
export const SkuArchived = refusal<{ sku: string }>(
  'catalog.sku_archived',
  'refused',
  (d) => [`「${d.sku}」は販売を終了しました。`, 'カートから外してお進みください。'],
  (d) => [`“${d.sku}” is no longer sold.`, 'Remove it from the cart to continue.'],
)
export const CodeTaken = refusal<{ code: string; at?: string }>(
  'catalog.code_taken',
  'conflict',
  (d) => [
    `コード「${d.code}」はすでに使われています。保存していません。`,
    '別のコードにするか、使っている商品をご確認ください。',
  ],
  (d) => [
    `The code “${d.code}” is taken. Nothing was saved.`,
    'Choose another one, or look at the product that has it.',
  ],
)
export const ProductMissing = refusal<{ product: number }>(
  'catalog.product_missing',
  'missing',
  (d) => [`商品 ${d.product} が見つかりません。`, '商品の一覧を読み込み直してください。'],
  (d) => [`There is no product ${d.product}.`, 'Load the list of products again.'],
)
export const ChangedMeanwhile = refusal<{ version: number }>(
  'catalog.changed_meanwhile',
  'conflict',
  () => [
    'この商品は、開いている間にほかの人が変更しました。保存していません。',
    '最新の内容を読み込んで、変更をもう一度入力してください。',
  ],
  () => [
    'Somebody else has changed this product since you opened it. Nothing was saved.',
    'Load it again and repeat your change.',
  ],
)
export const CategoryMissing = refusal<At & { category: string }>(
  'catalog.category_missing',
  'missing',
  (d) => [`カテゴリ「${d.category}」が見つかりません。`, 'カテゴリの一覧にあるコードを指定してください。'],
  (d) => [`There is no category “${d.category}”.`, 'Name one by its code in the list of categories.'],
)
export const CategoryGone = refusal<{ category: number }>(
  'catalog.category_gone',
  'missing',
  () => ['このカテゴリは見つかりません。何も変更していません。', 'カテゴリの一覧を読み込み直してください。'],
  () => ['This category is not there. Nothing was changed.', 'Load the list of categories again.'],
)
export const CategoryChangedMeanwhile = refusal<{ version: number }>(
  'catalog.category_changed_meanwhile',
  'conflict',
  () => [
    'このカテゴリは、開いている間にほかの人が変更しました。保存していません。',
    '最新の内容を読み込んで、変更をもう一度お試しください。',
  ],
  () => [
    'Somebody else has changed this category since you opened it. Nothing was saved.',
    'Load it again and repeat your change.',
  ],
)
export const CategoryWithin = refusal<At>(
  'catalog.category_within',
  'invalid',
  () => ['カテゴリを、自分の下へは移せません。何も変更していません。', '別の場所を選んでください。'],
  () => ['A category cannot move below itself. Nothing was changed.', 'Choose another place.'],
)
export const CategoryTooDeep = refusal<At & { most: number }>(
  'catalog.category_too_deep',
  'invalid',
  (d) => [`カテゴリは${d.most}段までです。何も変更していません。`, '上の段に置いてください。'],
  (d) => [`Categories are at most ${d.most} levels deep. Nothing was changed.`, 'Put it higher up.'],
)
export const CategoryCodeTaken = refusal<At & { code: string }>(
  'catalog.category_code_taken',
  'conflict',
  (d) => [
    `アドレス「${d.code}」は、ほかのカテゴリ（終了したものも含む）が使っています。保存していません。`,
    '別のアドレスにしてください。',
  ],
  (d) => [
    `The address “${d.code}” belongs to another category, perhaps an archived one. Nothing was saved.`,
    'Choose another address.',
  ],
)
export const CategoryHasOthers = refusal<{ children: number }>(
  'catalog.category_has_others',
  'refused',
  (d) => [
    `このカテゴリの下に、ほかのカテゴリが${d.children}件あります。何も変更していません。`,
    '先に別の場所へ移すか、終了してください。',
  ],
  (d) => [
    `${d.children} categories stand below this one. Nothing was changed.`,
    'Move them elsewhere or archive them first.',
  ],
)
export const EditedMeanwhile = refusal<{ rows: { sku: number; field: string; now: unknown }[] }>(
  'catalog.edited_meanwhile',
  'conflict',
  () => [
    '編集している間に、ほかの人がこの行を変更しました。保存していません。',
    '相手の値を残すか、自分の値で上書きするかを選んでください。',
  ],
  () => [
    'Somebody else has changed this row meanwhile. It was not saved.',
    'Keep their value, or save yours over it.',
  ],
)
export const VersionMissing = refusal<{ product: number; version: number }>(
  'catalog.version_missing',
  'missing',
  (d) => [
    `この商品には、版 ${d.version} の記録がありません。何も変更していません。`,
    '変更の履歴にある版を選んでください。',
  ],
  (d) => [
    `There is no record of version ${d.version} of this product. Nothing was changed.`,
    'Choose a version from its history.',
  ],
)
export const PictureUnknown = refusal<At & { file: string }>(
  'catalog.picture_unknown',
  'invalid',
  (d) => [`写真「${d.file}」が見つかりません。保存していません。`, '写真をもう一度追加してください。'],
  (d) => [`The picture “${d.file}” is not there. Nothing was saved.`, 'Add the picture again.'],
)
export const TooManyVariants = refusal<At & { most: number; has: number }>(
  'catalog.too_many_variants',
  'invalid',
  (d) => [
    `1つの商品に登録できるSKUは${d.most}件までです（指定：${d.has}件）。保存していません。`,
    '色やサイズなどを、別の商品に分けてください。',
  ],
  (d) => [
    `A product has at most ${d.most} SKUs (asked: ${d.has}). Nothing was saved.`,
    'Split it into two products.',
  ],
)
export const JanWrong = refusal<At & { jan: string }>(
  'catalog.jan_wrong',
  'invalid',
  (d) => [
    `JAN「${d.jan}」の検査数字が合いません。保存していません。`,
    '8桁または13桁の番号を、もう一度ご確認ください。',
  ],
  (d) => [
    `The check digit of the JAN “${d.jan}” is wrong. Nothing was saved.`,
    'Check its 8 or 13 digits again.',
  ],
)
export const OptionsUnfit = refusal<At & { sku: string }>(
  'catalog.options_unfit',
  'invalid',
  (d) => [
    d.sku === ''
      ? '選択肢のコードが重なっています。保存していません。'
      : `「${d.sku}」の色・サイズなどが選択肢にないか、ほかのSKUと重なっています。保存していません。`,
    '販売中のSKUごとに、選択肢を1つずつ選んでください。',
  ],
  (d) => [
    d.sku === ''
      ? 'Two options bear the same code. Nothing was saved.'
      : `“${d.sku}” has no value of an option, or the same ones as another SKU. Nothing was saved.`,
    'Each SKU on sale has one value of every option.',
  ],
)
export const DecimalsFixed = refusal<At & { sku: string }>(
  'catalog.decimals_fixed',
  'refused',
  (d) => [
    `「${d.sku}」の小数の桁数は、登録後に変えられません。保存していません。`,
    '在庫の数の意味が変わるためです。新しいSKUとして登録してください。',
  ],
  (d) => [
    `The decimals of “${d.sku}” cannot change once it exists. Nothing was saved.`,
    'What is in the books would mean another quantity: add a new SKU.',
  ],
)
export const SetFixed = refusal<At & { sku: string }>(
  'catalog.set_fixed',
  'refused',
  (d) => [
    `「${d.sku}」を、単品とセットの間で切り替えることはできません。保存していません。`,
    '新しいSKUとして登録してください。',
  ],
  (d) => [`“${d.sku}” cannot turn into a set, or out of one. Nothing was saved.`, 'Add a new SKU.'],
)
export const SetOfSets = refusal<At & { sku: string }>(
  'catalog.set_of_sets',
  'refused',
  (d) => [
    `「${d.sku}」はセット商品のため、別のセットの中身にできません。保存していません。`,
    '中身の単品を指定してください。',
  ],
  (d) => [`“${d.sku}” is a set itself and cannot be part of one. Nothing was saved.`, 'Name its parts.'],
)
export const FieldUnknown = refusal<At & { field: string }>(
  'catalog.field_unknown',
  'invalid',
  (d) => [
    `項目「${d.field}」を宣言している拡張機能がありません。保存していません。`,
    '拡張機能のフォルダーと項目名をご確認ください。',
  ],
  (d) => [
    `No extension declares the field “${d.field}”. Nothing was saved.`,
    'Check the extension’s folder and the name.',
  ],
)
export const FieldUnfit = refusal<At & { field: string; kind: string }>(
  'catalog.field_unfit',
  'invalid',
  (d) => {
    const kinds: Record<string, string> = { text: '文字', number: '数字', yes_no: 'はい・いいえ' }
    return [
      `項目「${d.field}」には${kinds[d.kind]}を入力してください。保存していません。`,
      '値を直して、もう一度保存してください。',
    ]
  },
  (d) => {
    const kinds: Record<string, string> = { text: 'text', number: 'a number', yes_no: 'yes or no' }
    return [`The field “${d.field}” takes ${kinds[d.kind]}. Nothing was saved.`, 'Correct it and save again.']
  },
)
export const SerialUnfit = refusal<At & { sku: string }>(
  'catalog.serial_unfit',
  'invalid',
  (d) => [
    `「${d.sku}」は、シリアル番号で管理できません。保存していません。`,
    'シリアル番号は、量り売りでもセットでもないSKUに付けられます。',
  ],
  (d) => [
    `“${d.sku}” cannot be kept by serial number. Nothing was saved.`,
    'Only whole units that are no sets bear numbers.',
  ],
)
export const SerialFixed = refusal<At & { sku: string }>(
  'catalog.serial_fixed',
  'refused',
  (d) => [
    `「${d.sku}」には在庫の記録があるため、シリアル番号で管理するかどうかを変えられません。保存していません。`,
    '新しいSKUとして登録してください。',
  ],
  (d) => [
    `“${d.sku}” has been in stock: whether it is kept by serial number cannot change. Nothing was saved.`,
    'Add a new SKU.',
  ],
)
