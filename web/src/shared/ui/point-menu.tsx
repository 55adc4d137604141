import { Menu as BaseMenu } from '@base-ui/react/menu'
import { useRef } from 'react'
import { menuItems } from './menu.tsx'
import styles from './menu.module.css'
import type { RowMenuTarget } from './use-row-menu.tsx'

export interface PointMenuProps {
  readonly target: RowMenuTarget
  readonly onClose: () => void
}

/** A menu at a point or beside a button. Loaded when the first one is opened. */
export function PointMenu({ target, onClose }: PointMenuProps) {
  const returnTo = useRef(target.returnFocusTo)
  return (
    <BaseMenu.Root open modal={false} onOpenChange={(open) => (open ? undefined : onClose())}>
      <BaseMenu.Portal>
        <BaseMenu.Positioner
          className={styles['positioner']}
          anchor={target.anchor}
          align="start"
          sideOffset={4}
          collisionPadding={8}
        >
          <BaseMenu.Popup className={styles['popup']} finalFocus={returnTo}>
            {menuItems(target.groups)}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}
