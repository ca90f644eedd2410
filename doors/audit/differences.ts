import type { Difference } from '#kernel/ledger'
import type { Fault, Verdict } from './verify.ts'

const expected: Record<Fault, string> = {
  changed: 'as it was written',
  removed: 'an entry',
  planted: 'written by the house',
  unlinked: 'a link',
  cut: 'the hash noted earlier',
}
/** What is wrong with the audit log, among what is wrong with the books. */
export const differencesOf = ({ faults }: Verdict): Difference[] =>
  faults.map(({ fault, no, deed, seq }) => ({
    check: 'the audit log is whole',
    what: ['entry', no ?? '', seq === null ? '' : `seq ${seq}`, deed ?? ''].filter((w) => w !== '').join(' '),
    expected: expected[fault],
    found: fault,
  }))
