import path from 'node:path'
import { circlesOf } from './circles.ts'
import { checkDatabase } from './walls-database.ts'
import {
  floorOf,
  importsOf,
  isCode,
  isTest,
  roomOf,
  withoutComments,
  withoutStrings,
  type House,
} from './house.ts'

export { readHouse, type House } from './house.ts'
export type Breach = { readonly file: string; readonly wall: string; readonly words: string }
type Say = (wall: string, words: string) => void

/** Every breach of the house rules. ARCHITECTURE.md has the map; each wall here has a planted breach in walls.test.ts. */
export function checkHouse(house: House): Breach[] {
  const breaches: Breach[] = []
  checkFaces(house, breaches)
  for (const circle of circlesOf(house))
    breaches.push({ file: circle[0]!, wall: 'circles', words: `goes round: ${circle.join(', ')}` })
  for (const [file, text] of house) {
    const say: Say = (wall, words) => breaches.push({ file, wall, words })
    if (isCode(file)) {
      for (const target of importsOf(text)) checkImport(file, target, say)
      checkCasts(file, text, say)
      checkClock(file, text, say)
      checkNetwork(file, text, say)
    }
    checkDatabase(house, file, text, say)
    checkTraces(file, text, say)
  }
  return breaches
}

/** Who may import whose face. Tools, the bench and test helpers stand outside the house and may look into every room. */
const below: Record<string, readonly string[]> = {
  kernel: ['kernel'],
  domains: ['kernel'],
  flows: ['flows', 'domains', 'kernel'],
  sample: ['flows', 'domains', 'kernel'],
  extensions: ['flows', 'domains', 'kernel'],
  doors: ['doors', 'connectors', 'sample', 'flows', 'domains', 'kernel'],
  connectors: [],
  apps: [],
  testing: ['kernel', 'domains', 'flows', 'doors', 'connectors', 'sample'],
  bench: ['testing', 'kernel', 'domains', 'flows', 'doors', 'sample'],
  tools: ['testing', 'kernel', 'domains', 'flows', 'doors', 'sample'],
}
const network = /^(?:node:)?(?:https?|http2|net|tls|dgram)$|^undici$/

function checkImport(file: string, target: string, say: Say): void {
  if (target.startsWith('.')) return checkRelative(file, target, say)
  if (target.startsWith('#')) return checkFaceImport(file, target, say)
  const floor = floorOf(file)
  if (target.startsWith('@akinai/')) {
    if (floor !== 'apps') say('floors', `imports ${target}: what runs in a browser is above all server code`)
    else if (
      !/^@akinai\/(?:ui|client)(?:\/|$)/.test(target) &&
      !target.startsWith(`@akinai/${file.split('/')[1]}`)
    )
      say('apps', `imports ${target}: an app knows ui and the typed client, no other app`)
  }
  if (target === 'pg' && !isTest(file) && !['kernel', 'doors'].includes(floor))
    say('database', 'imports pg: the only road to the database is Tx')
}

function checkRelative(file: string, target: string, say: Say): void {
  const landed = path.posix.join(path.posix.dirname(file), target)
  const room = roomOf(file)
  if (landed !== room && !landed.startsWith(room + '/'))
    say('rooms', `imports ${target}, out of ${room}: use its face`)
}

function checkFaceImport(file: string, target: string, say: Say): void {
  const [floor = '', room, ...deeper] = target.slice(1).split('/')
  const own = floorOf(file)
  if (deeper.length > 0) say('faces', `imports ${target}: a room is entered by its face, #${floor}/${room}`)
  if (own === 'apps')
    return say('apps', `imports ${target}: an app knows the typed client only, no server code`)
  if (own === 'connectors' && `${floor}/${room}` !== 'doors/kit' && !(isTest(file) && floor === 'testing'))
    return say('connectors', `imports ${target}: a connector knows doors/kit only`)
  if (own === 'connectors' || (floor === 'testing' && isTest(file))) return
  // A flow's stories are told through the shop's doors.
  if (own === 'flows' && floor === 'doors' && isTest(file)) return
  if (own === 'extensions' && `${floor}/${room}` === 'doors/kit') return
  if (own === 'domains' && floor === 'domains') {
    if (`domains/${room}` !== roomOf(file))
      say('siblings', `imports ${target}: nouns never call each other; make it a flow`)
    return
  }
  if (own === floor || below[own]?.includes(floor)) return
  say('floors', `imports ${target}: imports flow down, apps → doors → flows → domains → kernel`)
}

/** A program (`doors/cli`) is entered by its main file instead. */
function checkFaces(house: House, breaches: Breach[]): void {
  for (const room of new Set([...house.keys()].filter(isCode).map(roomOf))) {
    if (!/^(?:kernel|domains|flows|doors|connectors)\/[^/]+$/.test(room)) continue
    if (house.has(`${room}/index.ts`) || house.has(`${room}/main.ts`)) continue
    breaches.push({ file: room, wall: 'faces', words: 'has no face: index.ts is missing' })
  }
}

function checkCasts(file: string, text: string, say: Say): void {
  if (isTest(file) || floorOf(file) === 'kernel') return
  for (const [words] of withoutStrings(text).matchAll(
    /\bas unknown as\b|\bas any\b|\bas never\b|:\s*any\b|<any[>,]/g,
  ))
    say('casts', `"${words}": only the kernel may tell the compiler that it knows better`)
}

/** A flow may run several times, and tests pass values: time and ids come from tx. */
function checkClock(file: string, text: string, say: Say): void {
  if (isTest(file) || file.endsWith('/simulator.ts')) return
  if (!['domains', 'flows', 'connectors', 'extensions', 'sample'].includes(floorOf(file))) return
  const read =
    /\bnew Date\(\s*\)|\bDate\.now\(|\bMath\.random\(|\bTemporal\.Now\b|\brandomUUID\(|\bperformance\.now\(/g
  for (const [words] of withoutStrings(text).matchAll(read))
    say('clock', `${words}: time and ids come from tx`)
}

/** No network inside a transaction; a connector goes out by `ask` alone, which signs, throttles, records and hides secrets. */
function checkNetwork(file: string, text: string, say: Say): void {
  if (isTest(file) || file.endsWith('/simulator.ts')) return
  if (!['domains', 'flows', 'connectors'].includes(floorOf(file))) return
  for (const target of importsOf(text)) if (network.test(target)) say('network', `imports ${target}`)
  if (/(?<![.\w])fetch\(/.test(withoutStrings(text))) say('network', 'calls fetch')
}

/** Neither who wrote it, nor where, nor from which registry it was installed belongs in a repository. */
function checkTraces(file: string, text: string, say: Say): void {
  if (file === 'tools/walls.ts') return
  if (file === 'package-lock.json' && /"resolved":\s*"https?:/.test(text))
    say('traces', 'names a registry address')
  const code = file.endsWith('.sql') || isCode(file) ? text : ''
  for (const [words] of code.matchAll(
    /\bco-authored-by\b|\b(?:generated|written) (?:by|with) (?:an? )?(?:ai|llm|assistant)\b/gi,
  ))
    say('traces', `"${words}"`)
  for (const [words] of withoutComments(code).matchAll(
    /['"`](?:\/home\/|\/Users\/|\/root\/|\/work\/)[^'"`]*/g,
  ))
    say('traces', `${words}: a path of one machine`)
}
