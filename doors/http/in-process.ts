import { checked } from '#kernel/trust'
import { scopedKey } from '#kernel/ids'
import { words, Refusal, type Lang } from '#kernel/refusal'
import { problemOf } from './problem.ts'
import { Ready, type Context, type Services } from './route.ts'
import { routes } from './routes/index.ts'

const byName = new Map(routes.filter((r) => r.who === 'public').map((r) => [r.name, r]))

/**
 * Answers a public route without the network: the same function, the same refusals. The input is what the page itself made,
 * checked by the flows as ever; `key` and `token` travel beside it. A refusal comes back as a problem, not as an exception.
 */
export async function callInProcess(
  services: Services,
  name: string,
  input: { key?: string; token?: string } & Record<string, unknown>,
  from: { lang: Lang; address: string },
): Promise<unknown> {
  const r = byName.get(name)
  if (!r) throw new Error(`no public route ${name}`)
  const { key, token, ...rest } = input
  const context: Context<never> = {
    services,
    input: checked(rest),
    lang: from.lang,
    session: undefined,
    sessionHash: undefined,
    reach: 'all',
    within: undefined,
    address: from.address,
    key: key === undefined ? undefined : scopedKey(`public ${name}`, key),
    cartToken: token,
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
    const answer = await r.run(context)
    return answer instanceof Ready ? (answer.value ?? JSON.parse(String(answer.text))) : answer
  } catch (e) {
    const { problem, fault } = problemOf(e, from.lang)
    if (fault) throw e
    return { problem }
  }
}
void words
void Refusal
