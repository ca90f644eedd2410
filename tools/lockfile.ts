import fs from 'node:fs'
import path from 'node:path'

/**
 * `npm ci` refuses a lockfile that lacks an optional package of another platform, and npm leaves such packages out
 * when the registry it was made against does not carry them. This adds what is missing from what is known: the exact
 * version its parent asks for, and the platform its name says. npm never fetches it on any other platform.
 */
const file = path.resolve(import.meta.dirname, '../package-lock.json')

type Locked = {
  version?: string
  cpu?: string[]
  libc?: string[]
  optional?: boolean
  os?: string[]
  link?: boolean
  optionalDependencies?: Record<string, string>
}
type Lock = { packages: Record<string, Locked> }

/** Optional packages that some package asks for by exact version and that the lockfile does not hold. */
export function missing(lock: Lock): { name: string; version: string }[] {
  const found = new Map<string, string>()
  for (const [place, { optionalDependencies = {} }] of Object.entries(lock.packages))
    for (const [name, version] of Object.entries(optionalDependencies))
      if (!above(place).some((folder) => lock.packages[`${folder}node_modules/${name}`]))
        found.set(name, version)
  return [...found].map(([name, version]) => ({ name, version }))
}

/** Where Node would look for a package that the one at `place` asks for. */
function above(place: string): string[] {
  const parts = place.split('node_modules/')
  const folders = parts
    .map((_, at) => parts.slice(0, parts.length - at).join('node_modules/'))
    .filter(Boolean)
  return [...folders.map((folder) => (folder.endsWith('/') ? folder : `${folder}/`)), '']
}

export function completed(lock: Lock): Lock {
  const packages = { ...lock.packages }
  for (const { name, version } of missing(lock)) {
    if (!/^\d/.test(version)) throw new Error(`${name}@${version} is not exact: nothing can be added for it`)
    packages[`node_modules/${name}`] = { version, ...platformOf(name), optional: true }
  }
  const [root, ...rest] = Object.entries(packages)
  return {
    ...lock,
    packages: Object.fromEntries([root!, ...rest.toSorted(([a], [b]) => a.localeCompare(b, 'en'))]),
  }
}

/** The parts of names such as `@oxlint/binding-linux-arm64-musl` or `sharp-darwin-x64`. */
function platformOf(name: string): Pick<Locked, 'cpu' | 'libc' | 'os'> {
  const words = name.split(/[/-]/)
  const os = words.find((word) =>
    /^(?:linux|linuxmusl|darwin|win32|freebsd|netbsd|android|openharmony|aix|sunos|wasi)$/.test(word),
  )
  const cpu = words.find((word) => /^(?:x64|arm64|arm|ia32|ppc64|riscv64|s390x|loong64|wasm32)$/.test(word))
  if (!cpu || (!os && cpu !== 'wasm32')) throw new Error(`${name} does not say its platform: add it by hand`)
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : os === 'linux' && words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : undefined
  return { cpu: [cpu], ...(libc && { libc }), ...(os && os !== 'wasi' && { os: [os] }) }
}

if (import.meta.main) {
  const lock: Lock = JSON.parse(fs.readFileSync(file, 'utf8'))
  for (const { name, version } of missing(lock)) console.log(`+ ${name}@${version}`)
  fs.writeFileSync(file, JSON.stringify(completed(lock), null, 2) + '\n')
}
