import { refusal } from '#kernel/refusal'
export const PlaceMissing = refusal<{ place: string | number }>(
  'places.missing',
  'missing',
  (d) => [`拠点「${d.place}」が見つかりません。`, '拠点コードをご確認ください。'],
  (d) => [`There is no place “${d.place}”.`, 'Check the place code.'],
)
export const PlaceStale = refusal<{ version: number }>(
  'places.stale',
  'conflict',
  () => [
    'ほかの人がこの拠点を変更しました。何も変更していません。',
    '読み込み直してから、もう一度変更してください。',
  ],
  () => ['Somebody else has changed this place. Nothing was changed.', 'Load it again, then change it.'],
)
export const PlaceCodeTaken = refusal<{ code: string }>(
  'places.code_taken',
  'conflict',
  (d) => [
    `拠点コード「${d.code}」はすでに使われています。何も変更していません。`,
    '別のコードを入力してください。',
  ],
  (d) => [`The place code “${d.code}” is in use. Nothing was changed.`, 'Enter another code.'],
)
export const PlaceInUse = refusal<{
  on_hand: number
  held: number
  on_the_way: number
  short: number
  tills: number
}>(
  'places.in_use',
  'refused',
  (d) => [
    `この拠点はまだ使われています（${[
      d.on_hand > 0 && `在庫 ${d.on_hand}点`,
      d.held > 0 && `注文のための確保 ${d.held}点`,
      d.on_the_way > 0 && `移動中 ${d.on_the_way}件`,
      d.short > 0 && `不足 ${d.short}点`,
      d.tills > 0 && `使用中のレジ ${d.tills}台`,
    ]
      .filter(Boolean)
      .join('、')}）。何も変更していません。`,
    '在庫をほかの拠点へ移すか調整し、注文・移動・不足を片づけ、レジを止めてから、もう一度お試しください。',
  ],
  (d) => [
    `This place is still in use (${[
      d.on_hand > 0 && `${d.on_hand} in stock`,
      d.held > 0 && `${d.held} held for orders`,
      d.on_the_way > 0 && `${d.on_the_way} transfers under way`,
      d.short > 0 && `${d.short} short`,
      d.tills > 0 && `${d.tills} tills in use`,
    ]
      .filter(Boolean)
      .join(', ')}). Nothing was changed.`,
    'Move or adjust its stock, settle its orders, transfers and shortages, stop its tills, then try again.',
  ],
)
export const LastPlace = refusal(
  'places.last',
  'refused',
  () => [
    '拠点がひとつもなくなるため、使用を終えられません。何も変更していません。',
    '先に別の拠点を加えてください。',
  ],
  () => ['No place would be left. Nothing was changed.', 'Add another place first.'],
)
