import { Icon } from '@akinai/ui'

const keys = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '00', '0'] as const

export function Keypad({
  label,
  erase,
  onKey,
  onErase,
}: {
  label: string
  erase: string
  onKey: (key: string) => void
  onErase: () => void
}) {
  return (
    <fieldset className="keypad" aria-label={label}>
      {keys.map((key) => (
        <button key={key} type="button" className="key" onClick={() => onKey(key)}>
          {key}
        </button>
      ))}
      <button type="button" className="key" aria-label={erase} onClick={onErase}>
        <Icon name="left" />
      </button>
    </fieldset>
  )
}
