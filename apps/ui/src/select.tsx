import { Select as BaseSelect } from '@base-ui/react/select'
import { usePortalHome } from './home.tsx'
import { Icon } from './icon.tsx'
import { useText } from './lang.tsx'
import { words } from './words.ts'

export type Choice<Value extends string = string> = {
  value: Value
  label: string
  hint?: string
  disabled?: boolean
}

export type SelectProps<Value extends string> = {
  options: readonly Choice<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  /** Needed where no Field gives a name. */
  label?: string
  name?: string
  disabled?: boolean
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange, label, name, disabled = false } = props
  const t = useText(words)
  const home = usePortalHome()
  return (
    <BaseSelect.Root
      items={[...options]}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={disabled}
      modal={false}
      {...(name === undefined ? {} : { name })}
    >
      <BaseSelect.Trigger className="ui-input ui-select" {...(label ? { 'aria-label': label } : {})}>
        <BaseSelect.Value placeholder={options.find((option) => option.value === '')?.label ?? t.choose} />
        <BaseSelect.Icon>
          <Icon name="down" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal {...home}>
        <BaseSelect.Positioner
          positionMethod="fixed"
          className="ui-positioner"
          sideOffset={4}
          alignItemWithTrigger={false}
        >
          <BaseSelect.Popup className="ui-list">
            {options.map((option) => (
              <BaseSelect.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="ui-item"
              >
                <span className="ui-tick">
                  <BaseSelect.ItemIndicator>
                    <Icon name="check" />
                  </BaseSelect.ItemIndicator>
                </span>
                <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}
