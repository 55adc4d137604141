import { useCallback, useState } from 'react'
import { readChoices, writeChoices, type CallChoices } from './devices/call-choices.ts'

/** What one likes in calls, and how to change it. */
export function useCallChoices(): readonly [CallChoices, (change: Partial<CallChoices>) => void] {
  const [choices, setChoices] = useState(() => readChoices(localStorage))
  const change = useCallback((part: Partial<CallChoices>) => {
    setChoices((before) => {
      const next = { ...before, ...part }
      writeChoices(localStorage, next)
      return next
    })
  }, [])
  return [choices, change]
}
