/** `npm run house`: how large each floor is, what is long in it, and what goes round in circles. */
import path from 'node:path'
import { circlesOf } from './circles.ts'
import { floorOf, isCode, isTest, readHouse, type House } from './house.ts'

const limits = { function: 40, file: 250, face: 15 }
type Long = { readonly at: string; readonly what: string; readonly size: number }

/** Sizes are signals: printed, never failed. A long table of data is no fault; a long function usually is. */
export function signals(house: House): Long[] {
  const found: Long[] = []
  for (const [file, text] of house) {
    if (!isCode(file) || file.endsWith('.mjs')) continue
    const rows = text.split('\n')
    if (rows.length > limits.file) found.push({ at: file, what: 'lines', size: rows.length })
    if (/^(?:kernel|domains|flows|doors)\/[^/]+\/index\.ts$/.test(file)) {
      const names = namesOf(text)
      if (names > limits.face) found.push({ at: file, what: 'names in its face', size: names })
    }
    if (!file.includes('.test.')) found.push(...longFunctions(file, rows))
  }
  return found
}

const namesOf = (text: string) =>
  [...text.matchAll(/\{([^}]*)\}\s*from/g)].flatMap((match) =>
    match[1]!.split(',').filter((name) => name.trim()),
  ).length + [...text.matchAll(/^export (?:async )?(?:function|const|class|type|interface)/gm)].length

/** Read by indentation, which the formatter keeps. */
function* longFunctions(file: string, rows: readonly string[]): Generator<Long> {
  for (const [start, row] of rows.entries()) {
    const head =
      /^(\s*)(?:export )?(?:default )?(?:static |async |\*)*(?:function\*? )?#?(\w+)(?:<[^(]*>)?\(.*\{$/.exec(
        row,
      )
    if (!head || /^(?:if|for|while|switch|catch|test|describe|return)$/.test(head[2]!)) continue
    const end = rows.findIndex((other, at) => at > start && other.startsWith(`${head[1]}}`))
    if (end - start > limits.function)
      yield { at: `${file}:${start + 1}`, what: `lines of ${head[2]}`, size: end - start + 1 }
  }
}

/** A line for each floor: files and lines of code, of tests, and how many are longer than they should be. */
export function sizesOf(house: House): string[] {
  const long = signals(house)
  const floors = [...new Set([...house.keys()].filter(isCode).map(floorOf))].toSorted()
  const n = (value: number, width: number) => String(value).padStart(width)
  const row = (floor: string) => {
    const count = (of: (file: string) => boolean) => {
      const texts = [...house].filter(([file]) => isCode(file) && floorOf(file) === floor && of(file))
      return [texts.length, texts.reduce((sum, [, text]) => sum + text.split('\n').length - 1, 0)] as const
    }
    const [files, lines] = count((file) => !isTest(file))
    const [tests, tested] = count(isTest)
    const longer = (what: RegExp) =>
      long.filter((one) => floorOf(one.at) === floor && what.test(one.what)).length
    return `${floor.padEnd(11)}${n(files, 6)}${n(lines, 8)}${n(tests, 7)}${n(tested, 8)}${n(longer(/^lines$/), 12)}${n(longer(/^lines of/), 16)}`
  }
  const head = `floor       files   lines  tests   lines  files > ${limits.file}  functions > ${limits.function}`
  return [head, ...floors.map(row)]
}

if (import.meta.main) {
  const house = readHouse(path.resolve(import.meta.dirname, '..'))
  const all = process.argv.includes('--all')
  const long = signals(house).toSorted((a, b) => b.size - a.size)
  console.log(sizesOf(house).join('\n'))
  console.log(`\n${all ? 'everything long' : 'the longest (--all for the others)'}:`)
  for (const { at, what, size } of all ? long : long.slice(0, 25)) console.log(`  ${at}: ${size} ${what}`)
  const circles = circlesOf(house)
  console.log(`\n${circles.length} circles`)
  for (const circle of circles) console.log(`  ${circle.join(' → ')}`)
}
