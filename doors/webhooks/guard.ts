/**
 * Where a request that somebody else's address causes may go: https on the open internet. The name is resolved once, every
 * address of it is checked, and the connection is pinned to one of those: a name that points elsewhere a moment later
 * (rebinding) changes nothing. A merchant's own receivers on a private network are allowed by AKINAI_WEBHOOK_NETWORKS.
 */
import dns from 'node:dns/promises'
import net from 'node:net'

export type Why = 'url' | 'https' | 'login' | 'name' | 'private' | 'port'
export class Unfit extends Error {
  readonly why: Why
  constructor(why: Why) {
    super(why)
    this.why = why
  }
}
/** Everything that is not the open internet (IANA's special-purpose registries), and what wraps an IPv4 address in an IPv6 one. */
const closed = new net.BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(network, bits, 'ipv4')
// Of IPv6 only 2000::/3 is the open internet; of it, what is set aside, and tunnels with an IPv4 address inside.
const open6 = new net.BlockList()
open6.addSubnet('2000::', 3, 'ipv6')
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(network, bits, 'ipv6')

export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>
const resolve: Resolve = (host) => dns.lookup(host, { all: true, verbatim: true })

export function mayConnect(address: string, allowed: readonly string[] = []): boolean {
  const family = net.isIP(address)
  if (family === 0) return false
  const kind = family === 6 ? 'ipv6' : 'ipv4'
  const own = new net.BlockList()
  for (const network of allowed) {
    const [host, bits] = network.split('/')
    own.addSubnet(host!, Number(bits), net.isIP(host!) === 6 ? 'ipv6' : 'ipv4')
  }
  if (own.check(address, kind)) return true
  return family === 4
    ? !closed.check(address, kind)
    : open6.check(address, kind) && !closed.check(address, kind)
}

/** The address as it may be used, with where to connect; refuses the rest. URL parsing has turned every spelling of an IPv4 address (decimal, octal, hex) into the usual one. */
export async function fit(
  text: string,
  o: { allowed?: readonly string[]; resolve?: Resolve } = {},
): Promise<{ url: URL; address: string; family: number }> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || text.length > 2000) throw new Unfit('url')
  if (url.username || url.password) throw new Unfit('login')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  let found: readonly { address: string; family: number }[]
  if (net.isIP(host)) found = [{ address: host, family: net.isIP(host) }]
  else
    try {
      found = await (o.resolve ?? resolve)(host)
    } catch {
      throw new Unfit('name')
    }
  if (found.length === 0) throw new Unfit('name')
  // All of them: a name that answers one public and one private address means harm.
  if (!found.every((f) => mayConnect(f.address, o.allowed))) throw new Unfit('private')
  const inside = found.every((f) => !mayConnect(f.address))
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && inside)) throw new Unfit('https')
  if (!inside && url.port !== '' && !['443', '8443'].includes(url.port)) throw new Unfit('port')
  return { url, ...found[0]! }
}
