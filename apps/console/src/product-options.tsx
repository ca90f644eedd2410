import { Button, Field, IconButton, Panel, TextInput, useText } from '@akinai/ui'
import { newOption, newValue, type Faults, type OptionForm } from './product-form.ts'
import { productWords } from './product-words.ts'

type Props = { options: readonly OptionForm[]; faults: Faults; onChange: (options: OptionForm[]) => void }
type Told = OptionForm['values'][number]

/** Colour, size and the like: one value of each makes a SKU. */
export function Options({ options, faults, onChange }: Props) {
  const t = useText(productWords)
  const set = (at: number, change: Partial<OptionForm>) =>
    onChange(options.map((option, n) => (n === at ? { ...option, ...change } : option)))
  return (
    <Panel
      title={t.options}
      actions={<Button onClick={() => onChange([...options, newOption()])}>{t.addOption}</Button>}
    >
      <div className="fields">
        <p className="quiet">{options.length === 0 ? t.noOptions : t.optionsLead}</p>
        {options.map((option, at) => (
          <Option
            key={option.key}
            option={option}
            number={String(at + 1)}
            at={`options/${at}`}
            faults={faults}
            onChange={(change) => set(at, change)}
            onDrop={() => onChange(options.filter((_, n) => n !== at))}
          />
        ))}
      </div>
    </Panel>
  )
}

function Option(props: {
  option: OptionForm
  number: string
  at: string
  faults: Faults
  onChange: (change: Partial<OptionForm>) => void
  onDrop: () => void
}) {
  const { option, number, at, faults, onChange, onDrop } = props
  const t = useText(productWords)
  const name = option.code || number
  const set = (n: number, change: Partial<Told>) =>
    onChange({ values: option.values.map((value, m) => (m === n ? { ...value, ...change } : value)) })
  return (
    <section className="option" aria-label={t.option(name)}>
      <div className="triple">
        <Field label={t.optionCode(number)} error={faults[`${at}/code`]}>
          <TextInput value={option.code} onChange={(code) => onChange({ code })} maxLength={40} />
        </Field>
        <Field label={t.optionName(number, t.ja)} error={faults[`${at}/name/ja`]}>
          <TextInput
            value={option.name.ja}
            onChange={(ja) => onChange({ name: { ...option.name, ja } })}
            maxLength={60}
          />
        </Field>
        <Field label={t.optionName(number, t.en)} error={faults[`${at}/name/en`]}>
          <TextInput
            value={option.name.en}
            onChange={(en) => onChange({ name: { ...option.name, en } })}
            maxLength={60}
          />
        </Field>
        <IconButton icon="close" label={t.dropOption(number)} onClick={onDrop} />
      </div>
      <ul className="plain">
        {option.values.map((value, n) => (
          <li key={value.key} className="triple">
            <Field
              label={<span className="ui-unseen">{t.valueCode(name, String(n + 1))}</span>}
              error={faults[`${at}/values/${n}/code`]}
            >
              <TextInput
                placeholder={t.codeHead}
                value={value.code}
                onChange={(code) => set(n, { code })}
                maxLength={40}
              />
            </Field>
            <Field
              label={<span className="ui-unseen">{t.valueName(name, String(n + 1), t.ja)}</span>}
              error={faults[`${at}/values/${n}/name/ja`]}
            >
              <TextInput
                placeholder={t.ja}
                value={value.name.ja}
                onChange={(ja) => set(n, { name: { ...value.name, ja } })}
                maxLength={60}
              />
            </Field>
            <Field
              label={<span className="ui-unseen">{t.valueName(name, String(n + 1), t.en)}</span>}
              error={faults[`${at}/values/${n}/name/en`]}
            >
              <TextInput
                placeholder={t.en}
                value={value.name.en}
                onChange={(en) => set(n, { name: { ...value.name, en } })}
                maxLength={60}
              />
            </Field>
            <IconButton
              icon="close"
              label={t.dropValue(name, String(n + 1))}
              onClick={() => onChange({ values: option.values.filter((_, m) => m !== n) })}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button variant="quiet" onClick={() => onChange({ values: [...option.values, newValue()] })}>
          {t.addValue}
        </Button>
      </div>
    </section>
  )
}
