import { isCode, type House } from './house.ts'

const limits = { function: 40, file: 250, face: 15 }

/** Sizes are signals: printed, never failed. A long table of data is no fault; a long function usually is. */
export function signals(house: House): string[] {
  const lines: string[] = []
  for (const [file, text] of house) {
    if (!isCode(file) || file.endsWith('.mjs')) continue
    const rows = text.split('\n')
    if (rows.length > limits.file) lines.push(`${file}: ${rows.length} lines`)
    if (/^(?:kernel|domains|flows|doors)\/[^/]+\/index\.ts$/.test(file)) {
      const names = namesOf(text)
      if (names > limits.face) lines.push(`${file}: ${names} names in its face`)
    }
    if (!file.includes('.test.')) for (const line of longFunctions(file, rows)) lines.push(line)
  }
  return lines
}

const namesOf = (text: string) =>
  [...text.matchAll(/\{([^}]*)\}\s*from/g)].flatMap((match) =>
    match[1]!.split(',').filter((name) => name.trim()),
  ).length + [...text.matchAll(/^export (?:async )?(?:function|const|class|type|interface)/gm)].length

/** Read by indentation, which the formatter keeps. */
function* longFunctions(file: string, rows: readonly string[]): Generator<string> {
  for (const [start, row] of rows.entries()) {
    const head =
      /^(\s*)(?:export )?(?:default )?(?:static |async |\*)*(?:function\*? )?#?(\w+)(?:<[^(]*>)?\(.*\{$/.exec(
        row,
      )
    if (!head || /^(?:if|for|while|switch|catch|test|describe|return)$/.test(head[2]!)) continue
    const end = rows.findIndex((other, at) => at > start && other.startsWith(`${head[1]}}`))
    if (end - start > limits.function) yield `${file}:${start + 1}: ${head[2]} has ${end - start + 1} lines`
  }
}
