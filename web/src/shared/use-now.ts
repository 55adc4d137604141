import { useEffect, useState } from 'react'

const minuteMs = 60_000

/** The local clock, new every minute: often enough for 어제 and cheap enough for a list. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), minuteMs)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
