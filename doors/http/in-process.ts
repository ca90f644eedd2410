import { checked } from '#kernel/trust'
import { scopedKey } from '#kernel/ids'
import { type Lang } from '#kernel/refusal'
import { checker, demandText, isKey } from './check.ts'
import { KeyMissing, problemOf } from './problem.ts'
import { Ready, type Context, type Services } from './route.ts'
import { routes } from './routes/index.ts'

const byName = new Map(
  routes
    .filter((r) => r.who === 'public')
    .map((r) => {
      const [params, query, body] = [r.input.params, r.input.query, r.input.body].map((s) =>
        checker(s, false),
      )
      return [
        r.name,
        {
          r,
          params: params!,
          query: query!,
          body: body!,
          names: Object.keys(r.input.params?.properties ?? {}),
        },
      ]
    }),
)

/**
 * Answers a public route without the network: the same function, the same refusals. The input is checked as one that came
 * over the network, for a page makes it from what somebody typed; `key` and `token` travel beside it. A refusal comes back as a problem, not as an exception.
 */
export async function callInProcess(
  services: Services,
  name: string,
  input: { key?: string; token?: string } & Record<string, unknown>,
  from: { lang: Lang; address: string },
): Promise<unknown> {
  const known = byName.get(name)
  if (!known) throw new Error(`no public route ${name}`)
  const { r } = known
  const { key, token, ...rest } = input
  const context: Context<never> = {
    services,
    input: checked(rest),
    lang: from.lang,
    session: undefined,
    sessionHash: undefined,
    bearer: undefined,
    reach: 'all',
    within: undefined,
    shops: undefined,
    address: from.address,
    key: key === undefined ? undefined : scopedKey(`public ${name}`, key),
    agent: null,
    tell: () => {},
    cartToken: token,
    lastEventId: undefined,
    shop: 1,
    actor: { id: 0, name: 'public' },
    command: async (flow, ask) =>
      (
        await services.gate.command(flow, ask, {
          ...(context.key !== undefined && { key: context.key }),
          name: r.name,
        })
      ).value,
    caughtUp: async () => {},
    reply: { header() {}, status() {}, cookie() {} },
  }
  try {
    const { body, ...named } = rest as Record<string, unknown>
    demandText(rest, 'body')
    if (r.method !== 'GET' && !r.keyless && !isKey(key, true)) throw KeyMissing({})
    const inPath = (n: string) => known.names.includes(n)
    known.params(Object.fromEntries(Object.entries(named).filter(([n]) => inPath(n))), 'path')
    known.query(Object.fromEntries(Object.entries(named).filter(([n]) => !inPath(n))), 'query')
    known.body(body ?? {}, 'body')
    const answer = await r.run(context)
    const value: unknown = answer instanceof Ready ? answer.value() : answer
    services.witness?.(r, JSON.stringify(value))
    return value
  } catch (e) {
    const { problem, fault } = problemOf(e, from.lang)
    if (fault) throw e
    return { problem }
  }
}
