import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { classNames } from './class-names.ts'
import type { MenuGroups } from './menu-groups.ts'
import styles from './menu.module.css'

export type { MenuGroups } from './menu-groups.ts'

/** The items of a menu, drawn inside a popup. */
export const menuItems = (groups: MenuGroups) =>
  groups
    .filter((group) => group.length > 0)
    .map((group, index) => (
      <div key={group[0]?.label} className={styles['group']} role="presentation">
        {index > 0 && <BaseMenu.Separator className={styles['separator']} />}
        {group.map(({ label, icon: Icon, isDangerous = false, onSelect }) => (
          <BaseMenu.Item
            key={label}
            className={classNames(styles['item'], isDangerous && styles['danger'])}
            onClick={onSelect}
          >
            {Icon !== undefined && <Icon size={18} aria-hidden="true" />}
            <span>{label}</span>
          </BaseMenu.Item>
        ))}
      </div>
    ))

export interface MenuProps {
  /** The button; it must accept a ref and button props. */
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly groups: MenuGroups
  readonly align?: 'start' | 'center' | 'end'
  /** Over what is dark in every theme. */
  readonly isDark?: boolean
}

export function Menu({ trigger, groups, align = 'end', isDark = false }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner
          className={styles['positioner']}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <BaseMenu.Popup className={classNames(isDark && 'always-dark', styles['popup'])}>
            {menuItems(groups)}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

export interface ContextMenuProps {
  /** What is right-clicked or long-pressed; it must accept a ref and mouse handlers. */
  readonly children: ReactElement<Record<string, unknown>>
  readonly groups: MenuGroups
  readonly isDisabled?: boolean
}

/** Right click, long press, Shift+F10 and the menu key. The same actions belong into a visible … menu as well. */
export function ContextMenu({ children, groups, isDisabled = false }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root disabled={isDisabled}>
      <BaseContextMenu.Trigger render={children} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className={styles['positioner']} collisionPadding={8}>
          <BaseContextMenu.Popup className={styles['popup']}>{menuItems(groups)}</BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  )
}
