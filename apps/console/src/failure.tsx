import { Problem } from '@akinai/client'
import { createText, EmptyState, ErrorState, PageHeader, useText, useToast } from '@akinai/ui'

const words = createText({
  ja: {
    title: '表示できませんでした。',
    safe: '注文・在庫・お金の記録は変わっていません。',
    todo: 'もう一度お試しください。続く場合は管理者にお知らせください。',
    undone: 'この操作はできませんでした。何も変わっていません。',
    forbidden: 'この画面を見る権限がありません。',
    missing: 'この画面はありません。',
    missingWhy: 'アドレスをお確かめのうえ、左のメニューからお選びください。',
    forbiddenWhy: '必要な場合は、管理者（オーナー）に役割の変更を依頼してください。',
  },
  en: {
    title: 'This could not be shown.',
    safe: 'Orders, stock and money on record have not changed.',
    todo: 'Try again. If it persists, tell an administrator.',
    undone: 'This could not be done. Nothing has changed.',
    forbidden: 'You have no permission to see this screen.',
    missing: 'There is no such screen.',
    missingWhy: 'Check the address, or choose one from the menu.',
    forbiddenWhy: 'If you need it, ask an owner to change your role.',
  },
})

/** A list or a page that could not be read. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText(words)
  const problem = error instanceof Problem ? error.fields : undefined
  return (
    <ErrorState
      title={problem?.title ?? t.title}
      safe={t.safe}
      todo={problem?.todo ?? t.todo}
      {...(problem?.id ? { id: problem.id } : {})}
      {...(onRetry ? { onRetry } : {})}
    />
  )
}

/** In place of a list that could not be read. One that was read before stays, also when reading it again fails. */
export function unread(found: { error: unknown; data: unknown; refetch: () => unknown }) {
  return found.error && !found.data ? (
    <Failure error={found.error} onRetry={() => void found.refetch()} />
  ) : undefined
}

/** A command that was refused, in the server's words. */
export function Refused({ error }: { error: unknown }) {
  const t = useText(words)
  if (!(error instanceof Problem)) return <p>{t.todo}</p>
  const { title, todo, errors, id } = error.fields
  return (
    <>
      <p>
        <strong>{title}</strong>
      </p>
      {errors ? (
        <ul>
          {errors.map((one) => (
            <li key={one.path}>
              <code>{one.path}</code> {one.message}
            </li>
          ))}
        </ul>
      ) : null}
      {todo ? <p>{todo}</p> : null}
      {id ? (
        <p>
          <code>{id}</code>
        </p>
      ) : null}
    </>
  )
}

/** Says in a notice why nothing was done, where no form stays open to say it in. */
export function useSaid(): (error: unknown) => void {
  const t = useText(words)
  const toast = useToast()
  return (error) => {
    const said = error instanceof Problem ? error.fields : { title: t.undone, todo: t.todo }
    toast({ title: said.title, tone: 'error', ...(said.todo && { words: said.todo }) })
  }
}

export function Forbidden() {
  const t = useText(words)
  return <EmptyState title={t.forbidden} why={t.forbiddenWhy} />
}

/** An address that leads nowhere. */
export function Nowhere() {
  const t = useText(words)
  return <PageHeader title={t.missing} words={t.missingWhy} />
}
