import { Button, Checkbox, Field, formatNumber, NumberInput, Panel, useText } from '@akinai/ui'
import { Both, sendRules, Since, textOf, useGroup, type Whole } from './settings-form.tsx'
import { settingsWords } from './settings-words.ts'

type Row = { up_to: number | null; fee: number | null }

export function FeeSettings({ whole }: { whole: Whole }) {
  const t = useText(settingsWords)
  const { shipping, cod_fees } = whole.settings
  const rises = (rows: readonly Row[], at: number) =>
    at === 0 || (rows[at]!.up_to ?? 0) > (rows[at - 1]!.up_to ?? 0)
  const g = useGroup(
    whole,
    {
      all: shipping.all as number | null,
      okinawa: shipping.okinawa as number | null,
      free: shipping.free_from,
      rows: cod_fees as readonly Row[],
    },
    {
      isRight: (f) =>
        f.all !== null &&
        f.okinawa !== null &&
        f.rows.every((row, at) => row.up_to !== null && row.fee !== null && rises(f.rows, at)),
      send: sendRules((f) => ({
        shipping: { all: f.all ?? 0, okinawa: f.okinawa ?? 0, free_from: f.free },
        cod_fees: f.rows.map((row) => ({ up_to: row.up_to ?? 0, fee: row.fee ?? 0 })),
      })),
    },
  )
  const needed = (value: number | null) => (g.isChecked && value === null ? t.needed : undefined)
  const change = (at: number, part: Partial<Row>) =>
    g.set({ rows: g.form.rows.map((row, i) => (i === at ? { ...row, ...part } : row)) })
  const yen = { min: 0, max: 10_000_000, after: t.yen, disabled: g.disabled }
  return g.frame(
    <>
      <Panel title={t.shipping}>
        <div className="fields">
          <Since whole={whole} name="shipping" />
          <div className="double">
            <Field label={t.all} hint={t.taxed} error={needed(g.form.all)}>
              <NumberInput {...yen} value={g.form.all} onChange={(all) => g.set({ all })} />
            </Field>
            <Field label={t.okinawa} hint={t.taxed} error={needed(g.form.okinawa)}>
              <NumberInput {...yen} value={g.form.okinawa} onChange={(okinawa) => g.set({ okinawa })} />
            </Field>
            <Field label={t.free} hint={t.freeHint} mark="optional">
              <NumberInput {...yen} value={g.form.free} onChange={(free) => g.set({ free })} />
            </Field>
          </div>
        </div>
      </Panel>
      <Panel title={t.cod}>
        <div className="fields">
          <p>{t.codLead}</p>
          <Since whole={whole} name="cod_fees" />
          {g.form.rows.map((row, at) => {
            const n = formatNumber(at + 1)
            const fault = needed(row.up_to) ?? (g.isChecked && !rises(g.form.rows, at) ? t.rising : undefined)
            return (
              // A row is its place in the table.
              // oxlint-disable-next-line react/no-array-index-key
              <div className="pairs" key={at}>
                <Field label={t.upTo(n)} error={fault}>
                  <NumberInput
                    {...yen}
                    min={1}
                    value={row.up_to}
                    onChange={(limit) => change(at, { up_to: limit })}
                  />
                </Field>
                <Field label={t.fee(n)} error={needed(row.fee)}>
                  <NumberInput {...yen} value={row.fee} onChange={(fee) => change(at, { fee })} />
                </Field>
                <Button
                  variant="quiet"
                  disabled={g.disabled || g.form.rows.length === 1}
                  aria-label={t.dropRow(n)}
                  onClick={() => g.set({ rows: g.form.rows.filter((_, i) => i !== at) })}
                >
                  {t.dropRow(n)}
                </Button>
              </div>
            )
          })}
          <p>
            <Button
              disabled={g.disabled || g.form.rows.length >= 20}
              onClick={() => g.set({ rows: [...g.form.rows, { up_to: null, fee: null }] })}
            >
              {t.addRow}
            </Button>
          </p>
        </div>
      </Panel>
    </>,
  )
}

const ways = ['cod', 'bank_transfer'] as const

export function PaymentSettings({ whole }: { whole: Whole }) {
  const t = useText(settingsWords)
  const { payments, bank_account, transfer_days } = whole.settings
  const account = textOf(bank_account)
  const g = useGroup(
    whole,
    {
      payments: ways.filter((way) => payments.includes(way)),
      account,
      days: transfer_days as number | null,
    },
    {
      isRight: (f) =>
        f.payments.length > 0 &&
        (!f.payments.includes('bank_transfer') || (f.account.ja.trim() !== '' && f.days !== null)),
      // The account only where it is another: changing it wants a proof.
      send: sendRules((f) => ({
        payments: [...f.payments],
        ...(f.days !== null && { transfer_days: f.days }),
        ...((f.account.ja !== account.ja || f.account.en !== account.en) && { bank_account: f.account }),
      })),
    },
  )
  const hasBank = g.form.payments.includes('bank_transfer')
  return g.frame(
    <Panel title={t.ways}>
      <div className="fields">
        <Since whole={whole} name="payments" />
        <fieldset className="bare">
          <legend className="ui-unseen">{t.ways}</legend>
          {ways.map((way) => (
            <Checkbox
              key={way}
              label={t.way[way]}
              disabled={g.disabled}
              checked={g.form.payments.includes(way)}
              onChange={(on) =>
                g.set({ payments: ways.filter((one) => (one === way ? on : g.form.payments.includes(one))) })
              }
            />
          ))}
          {g.isChecked && g.form.payments.length === 0 ? (
            <p className="ui-field-error" role="alert">
              {t.wayNeeded}
            </p>
          ) : null}
        </fieldset>
        {hasBank ? (
          <>
            <Both
              label={t.account}
              hint={t.accountHint}
              rows={3}
              most={500}
              error={g.isChecked && g.form.account.ja.trim() === '' ? t.needed : undefined}
              disabled={g.disabled}
              value={g.form.account}
              onChange={(next) => g.set({ account: next })}
            />
            <Since whole={whole} name="bank_account" />
            <div className="double">
              <Field
                label={t.days}
                hint={t.daysHint}
                error={g.isChecked && g.form.days === null ? t.needed : undefined}
              >
                <NumberInput
                  min={1}
                  max={60}
                  after={t.daysAfter}
                  disabled={g.disabled}
                  value={g.form.days}
                  onChange={(days) => g.set({ days })}
                />
              </Field>
            </div>
          </>
        ) : null}
      </div>
    </Panel>,
  )
}

const limited = ['owner', 'accountant', 'call', 'store'] as const

export function LimitSettings({ whole }: { whole: Whole }) {
  const t = useText(settingsWords)
  const { points_per_100, refund_limits } = whole.settings
  const of = (role: string) => refund_limits[role] ?? null
  const limits = { owner: of('owner'), accountant: of('accountant'), call: of('call'), store: of('store') }
  const g = useGroup(
    whole,
    { points: points_per_100 as number | null, ...limits },
    {
      isRight: (f) => f.points !== null,
      send: sendRules(({ points, ...wanted }) => ({
        ...(points !== points_per_100 && { points_per_100: points ?? 0 }),
        ...(limited.some((role) => wanted[role] !== limits[role]) && { refund_limits: wanted }),
      })),
    },
  )
  return g.frame(
    <>
      <Panel title={t.points}>
        <div className="fields">
          <Since whole={whole} name="points_per_100" />
          <div className="double">
            <Field
              label={t.pointsPer}
              hint={t.pointsHint}
              error={g.isChecked && g.form.points === null ? t.needed : undefined}
            >
              <NumberInput
                min={0}
                max={100}
                after={t.pointsUnit}
                disabled={g.disabled}
                value={g.form.points}
                onChange={(points) => g.set({ points })}
              />
            </Field>
          </div>
        </div>
      </Panel>
      <Panel title={t.refunds}>
        <div className="fields">
          <p>{t.refundsLead}</p>
          <Since whole={whole} name="refund_limits" />
          <div className="double">
            {limited.map((role) => (
              <Field key={role} label={t.role[role]}>
                <NumberInput
                  min={0}
                  max={10_000_000}
                  after={t.yen}
                  disabled={g.disabled}
                  value={g.form[role]}
                  onChange={(limit) => g.set({ [role]: limit })}
                />
              </Field>
            ))}
          </div>
        </div>
      </Panel>
    </>,
  )
}
