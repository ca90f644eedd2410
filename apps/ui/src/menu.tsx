import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { usePortalHome } from './home.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Keys } from './shortcuts.tsx'

export type MenuItem =
  | {
      label: string
      onSelect: () => void
      icon?: IconName
      keys?: string
      danger?: boolean
      disabled?: boolean
    }
  | 'rule'

export type MenuProps = {
  /** A Button or an IconButton. */
  trigger: ReactElement
  items: readonly MenuItem[]
}

export function Menu({ trigger, items }: MenuProps) {
  const home = usePortalHome()
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal {...home}>
        <BaseMenu.Positioner positionMethod="fixed" className="ui-positioner" sideOffset={4} align="end">
          <BaseMenu.Popup className="ui-list">
            {items.map((item, at) =>
              item === 'rule' ? (
                <BaseMenu.Separator key={`rule-${at}`} className="ui-rule" />
              ) : (
                <BaseMenu.Item
                  key={item.label}
                  className="ui-item"
                  onClick={item.onSelect}
                  disabled={item.disabled ?? false}
                  data-danger={item.danger ? '' : undefined}
                >
                  {item.icon ? <Icon name={item.icon} /> : null}
                  <span className="ui-grow">{item.label}</span>
                  {item.keys ? <Keys keys={item.keys} /> : null}
                </BaseMenu.Item>
              ),
            )}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}
