export type Call = {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>
  readonly body?: unknown
  /** Text to be sent as it is, with its type, to an address of its own (a place for uploads). */
  readonly upload?: { readonly url: string; readonly type: string; readonly text: string }
  readonly download?: string
  readonly form?: Readonly<Record<string, string>>
  /** Of a call by `bare` alone: what shows who asks. Never kept. */
  readonly headers?: Readonly<Record<string, string>>
  /** The parts of an answer that need a token of their own. */
  readonly restricted?: readonly string[]
  /** Asking twice may do it twice. */
  readonly effect?: true
}
export type Answer = { readonly status: number; readonly body: unknown }
export type Ask = (call: Call) => Promise<Answer>
