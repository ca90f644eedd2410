import { refusal } from '#kernel/refusal'
export const PlaceMissing = refusal<{ place: string | number }>(
  'places.missing',
  'missing',
  (d) => [`拠点「${d.place}」が見つかりません。`, '拠点コードをご確認ください。'],
  (d) => [`There is no place “${d.place}”.`, 'Check the place code.'],
)
