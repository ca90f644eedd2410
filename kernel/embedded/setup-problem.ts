export type Words = { readonly ja: string; readonly en: string }

/**
 * Something outside the program keeps it from starting, and a person has to act. The words say what happened, what
 * was not affected and what to do next; a stack trace would help nobody here, so the command line prints only them.
 */
export class SetupProblem extends Error {
  readonly code: string
  readonly ja: string
  readonly en: string
  readonly todo: Words

  constructor(ask: { code: string; ja: string; en: string; todo: Words; cause?: unknown }) {
    super(ask.en, ask.cause === undefined ? undefined : { cause: ask.cause })
    this.name = 'SetupProblem'
    this.code = ask.code
    this.ja = ask.ja
    this.en = ask.en
    this.todo = ask.todo
  }

  override toString(): string {
    return `${this.ja}\n  → ${this.todo.ja}\n${this.en}\n  → ${this.todo.en}`
  }
}
