import type { LucideIcon } from 'lucide-react'

interface MenuAction {
  readonly label: string
  readonly icon?: LucideIcon
  readonly isDangerous?: boolean
  readonly onSelect: () => void
}

/** Groups of actions; a thin line is drawn between groups. */
export type MenuGroups = readonly (readonly MenuAction[])[]
