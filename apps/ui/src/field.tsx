import { Field as BaseField } from '@base-ui/react/field'
import { Input } from '@base-ui/react/input'
import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { imeGuard } from './ime.ts'
import { useText } from './lang.tsx'
import { words } from './words.ts'

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong and how to mend it; without blame. */
  error?: ReactNode
  /** Marks the field in words; in a form where nearly all is required, mark the optional ones. */
  mark?: 'required' | 'optional'
  disabled?: boolean
  name?: string
  /** One control: TextInput, NumberInput, Select, Textarea. */
  children: ReactNode
}

export function Field({ label, hint, error, mark, disabled = false, name, children }: FieldProps) {
  const t = useText(words)
  return (
    <BaseField.Root
      className="ui-field"
      invalid={Boolean(error)}
      disabled={disabled}
      {...(name === undefined ? {} : { name })}
    >
      <BaseField.Label className="ui-label">
        {label}
        {mark ? <span className="ui-mark">{mark === 'required' ? t.required : t.optional}</span> : null}
      </BaseField.Label>
      {children}
      {hint ? <BaseField.Description className="ui-hint">{hint}</BaseField.Description> : null}
      <FieldError error={error} />
    </BaseField.Root>
  )
}

export function FieldError({ error }: { error: ReactNode }) {
  return (
    <BaseField.Error match={Boolean(error)} className="ui-field-error">
      <Icon name="error" />
      <span>{error}</span>
    </BaseField.Error>
  )
}

export type TextInputProps = Omit<
  ComponentProps<'input'>,
  'className' | 'style' | 'value' | 'defaultValue' | 'onChange'
> & {
  value?: string
  defaultValue?: string
  onChange?: (value: string) => void
  /** Enter, but never the Enter that ends a conversion. */
  onEnter?: (value: string) => void
}

export function TextInput({ value, defaultValue, onChange, onEnter, onKeyDown, ...rest }: TextInputProps) {
  return (
    <Input
      {...rest}
      className="ui-input"
      {...(value === undefined ? {} : { value })}
      {...(defaultValue === undefined ? {} : { defaultValue })}
      onValueChange={(next) => onChange?.(next)}
      onKeyDown={imeGuard((event) => {
        if (event.key === 'Enter') onEnter?.(event.currentTarget.value)
        onKeyDown?.(event)
      })}
    />
  )
}

export type TextareaProps = Omit<ComponentProps<'textarea'>, 'className' | 'style' | 'value' | 'onChange'> & {
  value?: string
  onChange?: (value: string) => void
}

export function Textarea({ value, onChange, onKeyDown, rows = 4, ...rest }: TextareaProps) {
  return (
    <BaseField.Control
      className="ui-input"
      {...(value === undefined ? {} : { value })}
      onValueChange={(next) => onChange?.(next)}
      render={<textarea {...rest} rows={rows} onKeyDown={imeGuard((event) => onKeyDown?.(event))} />}
    />
  )
}
