import { refusal } from '#kernel/refusal'
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
export const CodeTaken = refusal<{ code: string }>(
  'catalog.code_taken',
  'conflict',
  (d) => [`コード「${d.code}」はすでに使われています。`],
  (d) => [`The code “${d.code}” is taken.`],
)
