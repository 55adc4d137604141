import { useEffect, useState, type RefObject } from 'react'

/** Why there is no picture: `refused` by the person or a policy, `missing`, `busy` elsewhere, no https. */
export type CameraProblem = 'refused' | 'missing' | 'busy' | 'insecure'

export interface Camera {
  /** A picture is there. */
  readonly isReady: boolean
  readonly problem: CameraProblem | undefined
  /** Opens it anew: it was allowed, plugged in or given back meanwhile. */
  readonly retry: () => void
}

/** Wide enough to recognise a face, small enough to send many. */
const wanted = { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: 'user' } as const

/** The front camera, shown in a video, from mounting until unmounting: then its light goes out. */
export function useCamera(videoRef: RefObject<HTMLVideoElement | null>): Camera {
  const [isReady, setReady] = useState(false)
  const [problem, setProblem] = useState<CameraProblem>()
  const hasProblem = problem !== undefined
  useEffect(() => {
    if (hasProblem) return undefined
    let isWanted = true
    let stream: MediaStream | undefined
    const stop = () => stream?.getTracks().forEach((track) => track.stop())
    const open = async () => {
      try {
        stream = await openStream()
        const video = videoRef.current
        if (!isWanted || !video) return stop()
        video.srcObject = stream
        // Unplugged, or taken away by the browser: what is on screen is an old picture.
        stream.getVideoTracks()[0]?.addEventListener('ended', () => {
          if (!isWanted) return
          setReady(false)
          setProblem('missing')
        })
        await video.play()
        if (isWanted) setReady(true)
      } catch (error) {
        stop()
        if (isWanted) setProblem(toProblem(error))
      }
    }
    void open()
    return () => {
      isWanted = false
      stop()
    }
  }, [videoRef, hasProblem])
  const retry = () => {
    setReady(false)
    setProblem(undefined)
  }
  return { isReady, problem, retry }
}

class InsecureError extends Error {}

async function openStream(): Promise<MediaStream> {
  // Browsers hide it where the address is neither https nor this machine, whatever its type says.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) throw new InsecureError()
  return devices.getUserMedia({ video: wanted, audio: false })
}

function toProblem(error: unknown): CameraProblem {
  if (error instanceof InsecureError) return 'insecure'
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'refused'
}
