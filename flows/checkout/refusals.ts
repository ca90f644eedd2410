import { refusal } from '#kernel/refusal'
export const TooManyLines = refusal<{ most: number }>(
  'checkout.too_many_lines',
  'invalid',
  (d) => [`一度にご注文いただけるのは${d.most}種類までです。`, '商品を減らすか、分けてご注文ください。'],
  (d) => [
    `At most ${d.most} different items can be ordered at once.`,
    'Take some out, or order in two parts.',
  ],
)
export const AgeNeeded = refusal<{ age: number }>(
  'checkout.age',
  'refused',
  (d) => [
    `このカートには${d.age}歳以上の方だけにお売りできる商品が入っています。${d.age}歳未満の方への酒類の販売はいたしません。`,
    '生年月日をご入力ください。',
  ],
  (d) => [
    `This cart has items we may sell only to persons of ${d.age} or over.`,
    'Enter your date of birth.',
  ],
)
