/** What a command module offers. Each is loaded only when asked for: `version` must not pay for a web server. */
export type Command = { readonly help: string; run(words: string[]): Promise<number> }
