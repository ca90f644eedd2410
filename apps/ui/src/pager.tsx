import { Button } from './button.tsx'
import { useText } from './lang.tsx'
import { words } from './words.ts'

export type PagerProps = {
  /** Called with nothing: the caller holds the cursors. Missing: there is no such page. */
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  busy?: boolean
}

export function Pager({ onPrevious, onNext, busy = false }: PagerProps) {
  const t = useText(words)
  return (
    <div className="ui-pager">
      <div className="ui-pair">
        <Button icon="left" disabled={!onPrevious || busy} onClick={onPrevious}>
          {t.previous}
        </Button>
        <Button icon="right" iconAt="end" disabled={!onNext || busy} onClick={onNext}>
          {t.next}
        </Button>
      </div>
    </div>
  )
}
