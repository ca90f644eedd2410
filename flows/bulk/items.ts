import type { Vault } from '#domains/persons'
import type { Tx } from '#kernel/gate'
import { actions } from './actions.ts'
import { doLetter, letterName } from './on-letters.ts'
import { doOrder } from './on-orders.ts'
import { doProduct, undoProduct } from './on-products.ts'
import { doShortage } from './on-shortages.ts'
import { access, bulk } from './rooms.ts'

type Ask = { run: string; item: number; amount: number }
type Known = Awaited<ReturnType<typeof bulk.runInState>>

/** Whoever asked, as they are now: their row is guarded, so that somebody who was disabled does nothing more. */
async function askerOf(tx: Tx, run: Known, staff: number) {
  const member = await access.memberAt(tx, { staff })
  const reach =
    member && member.disabled_at === null && access.allows(member.role, actions[run.kind].permission)
  const isOfShop = member && (member.shops === null || member.shops.includes(run.shop))
  // The role it is done under is the one the flow's own limits look at.
  if (!reach || !isOfShop || member.id !== tx.actor.id || member.role !== tx.actor.name)
    throw bulk.AskerGone({})
  return { shops: member.shops, within: reach === 'own' ? (member.place ?? -1) : undefined }
}
async function subjectOf(tx: Tx, run: Pick<Known, 'kind' | 'how'>, item: number): Promise<string> {
  const { on } = actions[run.kind]
  if (on === 'orders') return `order ${item}`
  if (on === 'shortages') return `shortage ${item}`
  if (on === 'mail') return letterName(tx, item)
  return run.how.category === undefined ? `product ${item}` : `category ${run.how.category}, product ${item}`
}
/** The same entry in the audit log as for one row. */
function keep(
  tx: Tx,
  vault: Vault,
  run: Known,
  ask: { subject: string; outcome: string; back?: true },
): void {
  const { route, back } = actions[run.kind]
  access.keepDeed(tx, vault.sign, {
    actor: tx.actor.id,
    session: ask.back ? run.undo_session : run.session,
    route: ask.back ? back! : route,
    subject: ask.subject,
    shop: run.shop,
    outcome: ask.outcome,
    origin: ask.back ? run.undo_origin : run.origin,
  })
}

/** One row of a run, and what became of it, in one commit: walked twice, it is done once. */
export const doItem = (vault: Vault) =>
  async function bulkItem(tx: Tx, ask: Ask): Promise<{ outcome: 'done' | 'same' | 'refused' }> {
    const run = await bulk.runInState(tx, ask.run, 'running')
    const known = await bulk.outcomeOf(tx, run.id, ask.item)
    if (known) return { outcome: known.outcome }
    const asker = await askerOf(tx, run, run.staff)
    const subject = await subjectOf(tx, run, ask.item)
    const made = await doRow(tx, vault, run, { ...ask, ...asker })
    if (made === 'same') {
      bulk.recordOutcome(tx, { ...plain(run.id, ask.item), outcome: 'same' })
      return { outcome: 'same' }
    }
    bulk.recordOutcome(tx, { ...plain(run.id, ask.item), outcome: 'done', ...made })
    keep(tx, vault, run, { subject, outcome: 'done' })
    return { outcome: 'done' }
  }
/** By the flow that does it for one; answers what it takes to set it back, where it can be. */
async function doRow(
  tx: Tx,
  vault: Vault,
  run: Known,
  ask: Ask & Awaited<ReturnType<typeof askerOf>>,
): Promise<'same' | { before?: object }> {
  const { how, kind } = run
  const { shops, within, item } = ask
  const { on } = actions[kind]
  if (on === 'shortages')
    return (await doShortage(tx, kind, { shortage: item, how, shops, within })) ? {} : 'same'
  if (on === 'mail') return (await doLetter(tx, { letter: item, shops })) ? {} : 'same'
  if (on === 'products') {
    const before = await doProduct(tx, kind, { product: item, shop: run.shop, how })
    return before === null ? 'same' : { before }
  }
  const { lang, pin } = run
  await doOrder(tx, vault, kind, { order: item, amount: ask.amount, how, lang, pin, shops, within })
  return {}
}
/** Sets one row back as it was before the run. */
export const undoItem = (vault: Vault) =>
  async function bulkUndo(tx: Tx, ask: Omit<Ask, 'amount'>): Promise<{ outcome: 'undone' | 'kept' }> {
    const run = await bulk.runInState(tx, ask.run, 'undoing')
    const [known, done] = await Promise.all([
      bulk.returnedOf(tx, run.id, ask.item),
      bulk.outcomeOf(tx, run.id, ask.item),
    ])
    if (known) return { outcome: known.outcome }
    await askerOf(tx, run, run.undo_staff!)
    const subject = await subjectOf(tx, run, ask.item)
    await undoProduct(tx, { product: ask.item, shop: run.shop, before: done!.before! })
    bulk.recordReturned(tx, { ...plain(run.id, ask.item), outcome: 'undone' })
    keep(tx, vault, run, { subject, outcome: 'done', back: true })
    return { outcome: 'undone' }
  }
/** What was refused is kept by its code; the row itself is as it was. */
export const keepRefusal = (vault: Vault) =>
  async function bulkRefused(
    tx: Tx,
    ask: { run: string; item: number; code: string; detail: object; back: boolean },
  ): Promise<object> {
    const run = (await bulk.runNow(tx, ask.run))!
    const subject = await subjectOf(tx, run, ask.item)
    const said = { run: run.id, item: ask.item, code: ask.code, detail: ask.detail }
    if (ask.back) {
      if (await bulk.returnedOf(tx, run.id, ask.item)) return {}
      bulk.recordReturned(tx, { ...said, outcome: 'kept' })
      keep(tx, vault, run, { subject, outcome: ask.code, back: true })
    } else {
      if (await bulk.outcomeOf(tx, run.id, ask.item)) return {}
      bulk.recordOutcome(tx, { ...said, outcome: 'refused', before: null })
      keep(tx, vault, run, { subject, outcome: ask.code })
    }
    return {}
  }
const plain = (run: string, item: number) => ({ run, item, code: null, detail: null, before: null })
