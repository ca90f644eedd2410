import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'error'
const icons: Record<Tone, IconName> = {
  neutral: 'neutral',
  accent: 'info',
  ok: 'ok',
  warn: 'warn',
  error: 'error',
}

/** A status: words and a shape, then colour. Two a row at most. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone
  icon?: IconName
  children: ReactNode
}) {
  return (
    <span className="ui-badge" data-tone={tone}>
      <Icon name={icon ?? icons[tone]} />
      {children}
    </span>
  )
}
