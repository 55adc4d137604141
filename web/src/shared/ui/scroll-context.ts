import { createContext, type RefObject } from 'react'

/** The element of the screen that scrolls; long lists inside it draw only what is visible. */
export const ScrollContext = createContext<RefObject<HTMLElement | null> | undefined>(undefined)
