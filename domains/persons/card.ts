/** What is known of a person, and what seals it. */
export type Card = {
  family?: string
  given?: string
  family_kana?: string
  given_kana?: string
  email?: string
  phone?: string
  postal?: string
  prefecture?: string
  city?: string
  line1?: string
  line2?: string
  organisation?: string
  note?: string
  birth_date?: string
  /** In which they ordered, so that they are written to in it. */
  lang?: 'ja' | 'en'
}
/** The installation's secret, split by purpose. It is never in the database. */
export type Vault = { readonly seal: Buffer; readonly mark: Buffer; readonly sign: Buffer }
