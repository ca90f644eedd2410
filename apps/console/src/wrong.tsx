import { createText, useText } from '@akinai/ui'
import { Refused } from './failure.tsx'
import { Stopped } from './passkey.ts'

const words = createText({
  ja: {
    stopped: 'パスキーを確かめられませんでした。',
    todo: 'もう一度お試しいただくか、別の方法をお使いください。',
  },
  en: { stopped: 'The passkey could not be used.', todo: 'Try again, or use another way.' },
})

/** What went wrong, at the server or in the browser’s own dialog. */
export function Wrong({ error }: { error: unknown }) {
  const t = useText(words)
  if (!error) return null
  return (
    <div className="ui-error-state" role="alert">
      {error instanceof Stopped ? (
        <>
          <p>
            <strong>{t.stopped}</strong>
          </p>
          <p>{t.todo}</p>
        </>
      ) : (
        <Refused error={error} />
      )}
    </div>
  )
}
