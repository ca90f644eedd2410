import { Problem } from '@akinai/client'
import { createText, useText, useToast } from '@akinai/ui'
import type { QueryKey } from '@tanstack/react-query'
import { queries, refresh } from './api.ts'

const words = createText({
  ja: {
    back: '変更できなかったため、元に戻しました。',
    todo: 'つながりを確かめて、もう一度お試しください。ほかの記録は変わっていません。',
  },
  en: {
    back: 'This could not be changed and was set back.',
    todo: 'Check the connection and try again. Nothing else on record has changed.',
  },
})

/**
 * A small edit is seen at once. What the server answers follows; when it refuses, or does not answer, the screen is as it
 * was, and a notice that stays says why. For edits that cost nothing to make again: what somebody wrote stays in its form.
 */
export function useAtOnce() {
  const t = useText(words)
  const toast = useToast()
  return async function atOnce<Seen>(
    key: QueryKey,
    change: (seen: Seen) => Seen,
    send: () => Promise<void>,
  ): Promise<void> {
    await queries.cancelQueries({ queryKey: key })
    const before = queries.getQueriesData<Seen>({ queryKey: key })
    queries.setQueriesData<Seen>({ queryKey: key }, (seen) => (seen === undefined ? seen : change(seen)))
    try {
      await send()
    } catch (error) {
      for (const [one, seen] of before) queries.setQueryData(one, seen)
      const said = error instanceof Problem ? error.fields : undefined
      toast({
        tone: 'error',
        title: t.back,
        words: said ? [said.title, said.todo].filter(Boolean).join(' ') : t.todo,
      })
    }
    await refresh()
  }
}
