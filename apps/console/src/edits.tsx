import { createText, SaveBar, useText, type SaveBarProps } from '@akinai/ui'
import { useBlocker } from '@tanstack/react-router'

const words = createText({
  ja: { leave: '保存していない変更があります。このページを離れますか。' },
  en: { leave: 'There are unsaved changes. Leave this page?' },
})

/**
 * Of every page that is edited: a bar while something is not saved, ⌘S or Ctrl-S, and a question before the page is left.
 * `isDone` says at the moment of leaving that it was saved just now.
 */
export function Edits({ isDone, ...bar }: SaveBarProps & { isDone?: () => boolean }) {
  const t = useText(words)
  useBlocker({
    shouldBlockFn: () => bar.dirty && !isDone?.() && !window.confirm(t.leave),
    enableBeforeUnload: () => bar.dirty,
  })
  return <SaveBar {...bar} />
}
