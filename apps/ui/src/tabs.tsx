import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { formatNumber } from './format.ts'

type Tab<Value extends string> = {
  value: Value
  label: string
  count?: number
  content: ReactNode
  disabled?: boolean
}

export type TabsProps<Value extends string> = {
  label: string
  tabs: readonly Tab<Value>[]
  value: Value
  onChange: (value: Value) => void
}

export function Tabs<Value extends string>({ label, tabs, value, onChange }: TabsProps<Value>) {
  const choose = (next: unknown) => {
    const tab = tabs.find((one) => one.value === next)
    if (tab) onChange(tab.value)
  }
  return (
    <BaseTabs.Root value={value} onValueChange={choose}>
      <BaseTabs.List className="ui-tabs-list" aria-label={label}>
        {tabs.map((tab) => (
          <BaseTabs.Tab key={tab.value} value={tab.value} className="ui-tab" disabled={tab.disabled ?? false}>
            {tab.label}
            {tab.count === undefined ? null : <span className="ui-count">{formatNumber(tab.count)}</span>}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="ui-tab-panel">
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
