import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { Field as BaseField } from '@base-ui/react/field'
import { Fieldset } from '@base-ui/react/fieldset'
import { Radio } from '@base-ui/react/radio'
import { RadioGroup as BaseRadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'
import { FieldError } from './field.tsx'
import { Icon } from './icon.tsx'
import type { Choice } from './select.tsx'

export type CheckboxProps = {
  label: string
  /** The label is read aloud only: for a cell of a table. */
  bare?: boolean
  hint?: ReactNode
  checked: boolean
  indeterminate?: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  name?: string
  tabIndex?: number
}

export function Checkbox(props: CheckboxProps) {
  const {
    label,
    bare = false,
    hint,
    checked,
    indeterminate = false,
    onChange,
    disabled = false,
    name,
    tabIndex,
  } = props
  const box = (
    <BaseCheckbox.Root
      className="ui-box"
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={(next) => onChange(next)}
      disabled={disabled}
      {...(bare ? { 'aria-label': label } : {})}
      {...(name === undefined ? {} : { name })}
      {...(tabIndex === undefined ? {} : { tabIndex })}
    >
      <BaseCheckbox.Indicator>
        <Icon name={indeterminate ? 'minus' : 'check'} />
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  )
  if (bare)
    return (
      <span className="ui-choice" data-bare="">
        {box}
      </span>
    )
  return (
    // The control lies inside, as a span with the role of a checkbox.
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control
    <label className="ui-choice">
      {box}
      <span className="ui-choice-words">
        <span>{label}</span>
        {hint ? <span className="ui-hint">{hint}</span> : null}
      </span>
    </label>
  )
}

export type RadioGroupProps<Value extends string> = {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  options: readonly Choice<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  name?: string
  disabled?: boolean
}

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, hint, error, options, value, onChange, name, disabled = false } = props
  return (
    <BaseField.Root
      className="ui-field"
      invalid={Boolean(error)}
      disabled={disabled}
      {...(name === undefined ? {} : { name })}
    >
      <Fieldset.Root
        className="ui-field"
        render={
          <BaseRadioGroup<Value>
            {...(value === null ? {} : { value })}
            onValueChange={(next) => onChange(next)}
            disabled={disabled}
          />
        }
      >
        <Fieldset.Legend className="ui-label">{label}</Fieldset.Legend>
        {options.map((option) => (
          // An item of its own for each: else every radio would take the first one's name.
          <BaseField.Item
            key={option.value}
            className="ui-choice"
            // oxlint-disable-next-line jsx-a11y/label-has-associated-control
            render={<label />}
          >
            <Radio.Root value={option.value} disabled={option.disabled ?? false} className="ui-box ui-radio">
              <Radio.Indicator className="ui-dot" />
            </Radio.Root>
            <span className="ui-choice-words">
              <span>{option.label}</span>
              {option.hint ? <span className="ui-hint">{option.hint}</span> : null}
            </span>
          </BaseField.Item>
        ))}
      </Fieldset.Root>
      {hint ? <BaseField.Description className="ui-hint">{hint}</BaseField.Description> : null}
      <FieldError error={error} />
    </BaseField.Root>
  )
}
