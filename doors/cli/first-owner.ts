import { FounderThere, token, tokenHash } from '#domains/access'
import { openVault } from '#domains/persons'
import { awaitOwner } from '#flows/people'
import { secretKey, type Config } from '#kernel/config'
import type { ClientConfig } from '#kernel/db'
import { Gate } from '#kernel/gate'
import { Refusal } from '#kernel/refusal'

/** The path that makes the first owner, good once and for a day; none once anybody can come in. The one before opens nothing any more. */
export async function firstOwnerPath(config: Config, app: ClientConfig): Promise<string | undefined> {
  const vault = openVault(secretKey(config))
  const gate = await Gate.open(app, { secret: vault.sign.toString('base64') })
  const held = token()
  try {
    await gate.run(awaitOwner(vault, tokenHash(held)), {})
  } catch (error) {
    if (error instanceof Refusal && error.code === FounderThere({}).code) return undefined
    throw error
  } finally {
    await gate.close()
  }
  return `/console/invitation#${held}`
}
