import { useId, type ReactNode } from 'react'
import { Icon } from './icon.tsx'

export type PanelProps = { title?: ReactNode; actions?: ReactNode; children: ReactNode }

export function Panel({ title, actions, children }: PanelProps) {
  const id = useId()
  return (
    <section className="ui-panel" {...(title ? { 'aria-labelledby': id } : {})}>
      {title || actions ? (
        <div className="ui-panel-head">
          {title ? <h2 id={id}>{title}</h2> : null}
          {actions ? <div className="ui-actions">{actions}</div> : null}
        </div>
      ) : null}
      <div className="ui-panel-body">{children}</div>
    </section>
  )
}

export type PageHeaderProps = {
  title: ReactNode
  /** Beside the title; two at most. */
  badges?: ReactNode
  words?: ReactNode
  actions?: ReactNode
  back?: { href: string; label: string; onClick?: (event: { preventDefault: () => void }) => void }
}

export function PageHeader({ title, badges, words, actions, back }: PageHeaderProps) {
  return (
    <header className="ui-page-header">
      <div>
        {back ? (
          <a className="ui-back" href={back.href} onClick={back.onClick}>
            <Icon name="left" />
            {back.label}
          </a>
        ) : null}
        <h1>
          {title}
          {badges}
        </h1>
        {words ? <p className="ui-words">{words}</p> : null}
      </div>
      {actions ? <div className="ui-actions">{actions}</div> : null}
    </header>
  )
}
