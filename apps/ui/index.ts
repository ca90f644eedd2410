export { Root, type RootProps } from './src/root.tsx'
export { createText, several, langs, type Lang, type Same, type Text } from './src/text.ts'
export { LangProvider, LangSwitch, useLang, useListed, useText } from './src/lang.tsx'
export {
  applyTheme,
  chooseTheme,
  ThemeSwitch,
  useDensity,
  useTheme,
  type Density,
  type Theme,
} from './src/theme.tsx'
export { imeGuard, isComposing } from './src/ime.ts'
export { foldDigits, wholeNumber } from './src/fold.ts'
export { formatDateTime, formatMoney, formatNumber, type DateForm } from './src/format.ts'
export { Icon, type IconName } from './src/icon.tsx'
export {
  Actions,
  Button,
  IconButton,
  type ButtonProps,
  type ButtonVariant,
  type IconButtonProps,
} from './src/button.tsx'
export {
  Field,
  Textarea,
  TextInput,
  type FieldProps,
  type TextareaProps,
  type TextInputProps,
} from './src/field.tsx'
export { NumberInput, type NumberInputProps } from './src/number-input.tsx'
export { CopyField } from './src/copy.tsx'
export { Select, type Choice, type SelectProps } from './src/select.tsx'
export { Checkbox, RadioGroup, type CheckboxProps, type RadioGroupProps } from './src/choice.tsx'
export { ConfirmDialog, Dialog, type ConfirmDialogProps, type DialogProps } from './src/dialog.tsx'
export { InsideDialogs } from './src/home.tsx'
export { Menu, type MenuItem, type MenuProps } from './src/menu.tsx'
export { Tabs, type Tab, type TabsProps } from './src/tabs.tsx'
export { ToastProvider, useToast, type ToastAsk, type ToastTone } from './src/toast.tsx'
export { Tooltip } from './src/tooltip.tsx'
export { Badge, type Tone } from './src/badge.tsx'
export { Table, type Column, type Sort, type TableProps } from './src/table.tsx'
export { Pager, type PagerProps } from './src/pager.tsx'
export { PageHeader, Panel, type PageHeaderProps, type PanelProps } from './src/layout.tsx'
export {
  EmptyState,
  ErrorState,
  Loading,
  Skeleton,
  type EmptyStateProps,
  type ErrorStateProps,
} from './src/states.tsx'
export { DateTime, Money } from './src/figures.tsx'
export { Keys, ShortcutList, ShortcutsProvider, useShortcut, type Shortcut } from './src/shortcuts.tsx'
export { OfflineBar, SaveBar, useOffline, type SaveBarProps } from './src/bars.tsx'
export { recall, remember } from './src/memory.ts'
export { useWait, type Wait } from './src/wait.ts'
