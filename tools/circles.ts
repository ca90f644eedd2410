import path from 'node:path'
import { importsOf, isCode, isTest, roomOf, type House } from './house.ts'

type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** What each file imports of the house, for types, values and lazily alike. */
function filesOf(house: House): Graph {
  const landed = (file: string, target: string) =>
    target.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), target)
      : /^(?:#|@akinai\/)/.test(target)
        ? `${target.replace(/^#/, '').replace(/^@akinai\//, 'apps/')}/index.ts`
        : target
  return new Map(
    [...house]
      .filter(([file]) => isCode(file))
      .map(([file, text]) => [
        file,
        new Set(
          importsOf(text)
            .map((target) => landed(file, target))
            .filter((target) => house.has(target)),
        ),
      ]),
  )
}
/** The same between rooms. A test looks into whatever it tests. */
function roomsOf(files: Graph): Graph {
  const rooms = new Map<string, Set<string>>()
  for (const [file, targets] of files) {
    if (isTest(file)) continue
    const room = roomOf(file)
    const found = rooms.get(room) ?? new Set()
    for (const target of targets) if (roomOf(target) !== room) found.add(roomOf(target))
    rooms.set(room, found)
  }
  return rooms
}

/** Everything that reaches itself through others: whoever wants to read one of a circle has to read all of them. */
export function circlesOf(house: House): string[][] {
  const files = filesOf(house)
  return [...knots(files), ...knots(roomsOf(files))].map((circle) => circle.toSorted())
}
/** Tarjan's: the strongly connected parts with more than one member. */
function knots(graph: Graph): string[][] {
  const found: string[][] = []
  const place = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const visit = (node: string): number => {
    const at = place.size
    place.set(node, at)
    low.set(node, at)
    stack.push(node)
    for (const next of graph.get(node) ?? [])
      if (!place.has(next)) low.set(node, Math.min(low.get(node)!, visit(next)))
      else if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, place.get(next)!))
    if (low.get(node) === at) {
      const circle = stack.splice(stack.indexOf(node))
      if (circle.length > 1) found.push(circle)
    }
    return low.get(node)!
  }
  for (const node of graph.keys()) if (!place.has(node)) visit(node)
  return found
}
