/**
 * An expected no. It is declared once with its words, thrown so that nothing is written, and remembered with the
 * request's key as code and detail only: words are made at the door, in the reader's language. Detail carries ids
 * and amounts, never personal data.
 */
export type RefusalKind = 'invalid' | 'missing' | 'forbidden' | 'conflict' | 'refused'
export type Detail = Readonly<Record<string, unknown>>
export type Lang = 'ja' | 'en'
/** What happened, and what to do next. */
export type Words = { readonly title: string; readonly todo?: string }
type Speech = (detail: never) => readonly [title: string, todo?: string]
export type Declared = {
  readonly code: string
  readonly kind: RefusalKind
  readonly ja: Speech
  readonly en: Speech
}

const declared = new Map<string, Declared>()
/** Every refusal this process knows, for the API description and for the test that each has words in both languages. */
export const refusals: ReadonlyMap<string, Declared> = declared

export class Refusal extends Error {
  readonly code: string
  readonly detail: Detail
  constructor(code: string, detail: Detail = {}) {
    // A refusal is an answer, not an accident: on a sold-out item thousands a second would each walk the stack.
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(code)
    Error.stackTraceLimit = limit
    this.code = code
    this.detail = detail
  }
}

/** Declares a refusal; calling the result makes one. A code is declared once. */
export function refusal<D extends Detail = Record<string, never>>(
  code: string,
  kind: RefusalKind,
  ja: (detail: D) => readonly [title: string, todo?: string],
  en: (detail: D) => readonly [title: string, todo?: string],
): ((detail: D) => Refusal) & { readonly code: string } {
  if (declared.has(code)) throw new Error(`refusal ${code} is declared twice`)
  declared.set(code, { code, kind, ja: ja as Speech, en: en as Speech })
  return Object.assign((detail: D) => new Refusal(code, detail), { code })
}

export function refusalOf(code: string): Declared {
  const found = declared.get(code)
  if (!found) throw new Error(`refusal ${code} was never declared`)
  return found
}

export function words(code: string, detail: Detail, lang: Lang): Words {
  const [title, todo] = refusalOf(code)[lang](detail as never)
  return todo === undefined ? { title } : { title, todo }
}
