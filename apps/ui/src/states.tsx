import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { CopyButton } from './copy.tsx'
import { Icon, type IconName } from './icon.tsx'
import { useText } from './lang.tsx'
import { useWait } from './wait.ts'
import { words } from './words.ts'

export type EmptyStateProps = {
  icon?: IconName
  /** What would be here. */
  title: ReactNode
  /** Why nothing is. */
  why?: ReactNode
  /** One action; sample data may be the second. */
  action?: ReactNode
}

export function EmptyState({ icon = 'empty', title, why, action }: EmptyStateProps) {
  return (
    <div className="ui-state">
      <Icon name={icon} />
      <h2>{title}</h2>
      {why ? <p className="ui-words">{why}</p> : null}
      {action}
    </div>
  )
}

export type ErrorStateProps = {
  title: ReactNode
  /** What was not affected: 注文と在庫は変わっていません。 */
  safe: ReactNode
  /** What to do next. */
  todo: ReactNode
  /** The id to tell support. */
  id?: string
  onRetry?: () => void
}

export function ErrorState({ title, safe, todo, id, onRetry }: ErrorStateProps) {
  const t = useText(words)
  return (
    <div className="ui-error-state" role="alert">
      <h2>
        <Icon name="error" />
        {title}
      </h2>
      <dl>
        <dt>{t.safe}</dt>
        <dd>{safe}</dd>
        <dt>{t.todo}</dt>
        <dd>{todo}</dd>
      </dl>
      {id || onRetry ? (
        <div className="ui-error-id">
          {onRetry ? <Button onClick={onRetry}>{t.retry}</Button> : null}
          {id ? <CopyId id={id} /> : null}
        </div>
      ) : null}
    </div>
  )
}

/** Where nothing copies it, it is read and typed: no button that does nothing. */
function CopyId({ id }: { id: string }) {
  const t = useText(words)
  return (
    <>
      <span>
        {t.errorId} <code>{id}</code>
      </span>
      {'clipboard' in navigator ? <CopyButton value={id} variant="quiet" /> : null}
    </>
  )
}

/** A bar in the place of words; `wide` is a share of the place, like 60%. */
export function Skeleton({ wide = '100%' }: { wide?: string }) {
  return <span className="ui-skeleton" style={{ width: wide }} aria-hidden="true" />
}

/** Lines in the shape of a text that is on its way: nothing for 300 ms. */
export function Loading({ lines = 3 }: { lines?: number }) {
  const t = useText(words)
  const wait = useWait(true)
  if (wait === 'quiet') return <div className="ui-quiet-wait" />
  return (
    <output className="ui-panel-body">
      <span className="ui-unseen">{wait === 'long' ? t.longWait : t.loading}</span>
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} wide={`${92 - ((at * 17) % 45)}%`} />
      ))}
    </output>
  )
}
