import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { useText } from './lang.tsx'
import { Tooltip } from './tooltip.tsx'
import { words } from './words.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet'

export type ButtonProps = Omit<ComponentProps<'button'>, 'className' | 'style'> & {
  variant?: ButtonVariant
  icon?: IconName
  iconAt?: 'start' | 'end'
  /** The work is under way: the button keeps its size and focus, and further presses do nothing. */
  busy?: boolean
  wide?: boolean
}

/** Words are verbs: 返金する, Ship. */
export function Button({
  variant = 'secondary',
  icon,
  iconAt = 'start',
  busy = false,
  wide = false,
  disabled = false,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  const t = useText(words)
  return (
    <BaseButton
      {...rest}
      type={type}
      className="ui-button"
      data-variant={variant}
      data-busy={busy ? '' : undefined}
      data-wide={wide ? '' : undefined}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
    >
      {busy ? (
        <>
          <span className="ui-spinner" aria-hidden="true" />
          <span className="ui-unseen">{t.working}</span>
        </>
      ) : icon && iconAt === 'start' ? (
        <Icon name={icon} />
      ) : null}
      {children}
      {icon && iconAt === 'end' && !busy ? <Icon name={icon} /> : null}
    </BaseButton>
  )
}

export type IconButtonProps = Omit<ComponentProps<'button'>, 'className' | 'style' | 'children'> & {
  icon: IconName
  /** The button's name: read aloud, and shown as a tooltip. */
  label: string
  tooltip?: boolean
}

export function IconButton({ icon, label, tooltip = true, type = 'button', ...rest }: IconButtonProps) {
  const button = (
    <BaseButton {...rest} type={type} className="ui-icon-button" aria-label={label}>
      <Icon name={icon} />
    </BaseButton>
  )
  return tooltip ? <Tooltip text={label}>{button}</Tooltip> : button
}

export function Actions({ children }: { children: ReactNode }) {
  return <div className="ui-actions">{children}</div>
}
