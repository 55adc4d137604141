import { createLockStore } from './lock-store.ts'

/** The lock of this device. */
export const deviceLock = createLockStore(localStorage, window)
