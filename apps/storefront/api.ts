// The store API as the pages use it: its answers are the routes' own. Answered in-process or over HTTP: the pages cannot tell.
import type { Answers, ProblemFields } from '@akinai/client'
export type List = Answers['products']
export type Card = List['items'][number]
export type Detail = Answers['product']
export type Delivery = Answers['delivery']
export type Shop = Answers['shop']
export type Cart = Answers['cart']
export type Line = Cart['lines'][number]
export type Quote = Answers['cart.quote']
export type Tax = Quote['taxes'][number]
export type OrderView = Answers['order.look_up']
export type Problem = ProblemFields
export type Refused = { problem: Problem }
export type Api = <K extends keyof Answers>(name: K, input: object) => Promise<Answers[K] | Refused>
export const refused = (x: object): x is Refused => 'problem' in x
