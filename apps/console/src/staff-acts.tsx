import type { Member } from '@akinai/client'
import { ConfirmDialog, useText, useToast } from '@akinai/ui'
import { api, refresh, useKeeper } from './api.ts'
import { Refused } from './failure.tsx'
import type { Link } from './staff-form.tsx'
import { staffWords } from './staff-words.ts'

export type Act = 'again' | 'reset' | 'uninvite' | 'factors' | 'disable'

/** What is done to somebody after a question. */
export function StaffAct({
  act,
  member,
  onClose,
  onLink,
}: {
  act: Act
  member: Member
  onClose: () => void
  onLink: (link: Link) => void
}) {
  const t = useText(staffWords)
  const toast = useToast()
  const keep = useKeeper()
  const { staff, name } = member
  const question = {
    again: [t.again, t.againWhat],
    reset: [t.resetTitle(name), t.resetWhat],
    uninvite: [t.uninvite, t.againWhat],
    factors: [t.factorsTitle(name), t.factorsWhat],
    disable: [t.disableTitle(name), t.disableWhat],
  }[act]
  async function go() {
    const input = { staff }
    if (act === 'again' || act === 'reset')
      onLink(await keep(input, (key) => api.staffInviteAgain(input, { key })))
    else if (act === 'uninvite') {
      await keep(input, (key) => api.staffUninvite(input, { key }))
      toast({ title: t.uninvited })
    } else if (act === 'factors') {
      await keep(input, (key) => api.staffReset(input, { key }))
      toast({ title: t.factorsDone })
    } else {
      await keep(input, (key) => api.staffDisable(input, { key }))
      toast({ title: t.disabled })
    }
    await refresh()
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={question[0]}
      description={question[1]}
      confirm={t[act]}
      danger={false}
      explain={(error) => <Refused error={error} />}
      onConfirm={go}
    />
  )
}
