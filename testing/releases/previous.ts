import fs from 'node:fs'
import path from 'node:path'
import { checked } from '#kernel/trust'

/**
 * The version that must go on running while this version's migrations come in. It is the oldest for which that holds: the
 * migration it brought (`domains/access` 0002) took a column away in the step that replaced it, so that no version before it
 * can run beside one after it. A release puts its own commit here, with what it says to the database (see README.md).
 */
export const previous = { commit: 'f3ab9f7' } as const

/** Every statement that version sends as the application's role, as its own tests made it say them. */
export const statements = (): string[] =>
  fs
    .readFileSync(path.join(import.meta.dirname, `${previous.commit}.statements.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => checked<string>(JSON.parse(line)))
