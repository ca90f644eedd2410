import { failedAfter, headingsOf, ImportMissing, type Fault } from '#domains/imports'
import { asCells } from '#doors/files'
import { keptOfImport } from '#flows/imports'
import type { Gate } from '#kernel/gate'
import { words, type Lang } from '#kernel/refusal'
import { checked } from '#kernel/trust'

export const wordsOf = (f: Fault, lang: Lang): string => words(f.code, f.detail, lang).title

/** The rows that could not be taken in, as they stood, and behind each what is wrong with it. */
export async function* failedRows(gate: Gate, run: number, lang: Lang): AsyncGenerator<string> {
  const [head] = checked<{ headings: string[] }[]>(await gate.reads.ask(headingsOf(run)))
  if (!head) throw ImportMissing({ run })
  yield `\uFEFF${asCells(head.headings)},akinai_line,akinai_column,akinai_error\r\n`
  for (let line = 0; ;) {
    const batches = checked<{ line: number; failed: [number, string][]; faults: Fault[] }[]>(
      await gate.reads.ask(failedAfter(run, line)),
    )
    if (!batches.length) return
    for (const b of batches) {
      line = b.line
      for (const [at, text] of b.failed) {
        const faults = b.faults.filter((f) => f.line === at)
        const where = faults.map((f) => `${f.column} ${f.head}`.trim()).join('; ')
        yield `${text},${asCells([String(at), where, faults.map((f) => wordsOf(f, lang)).join(' ')])}\r\n`
      }
    }
  }
}
/** What taking an import back left as it was, and why. */
export const keptRows = (gate: Gate, run: number) => gate.read(keptOfImport, { run })
