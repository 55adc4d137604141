/**
 * Microphone and, for video, camera. What is refused, missing or in use is left out: one without the other is better
 * than neither. The caller stops the tracks.
 */
export async function openLocalMedia(isVideo: boolean): Promise<MediaStreamTrack[]> {
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  const video = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } }
  const get = async (wanted: MediaStreamConstraints): Promise<MediaStreamTrack[] | undefined> => {
    try {
      return (await navigator.mediaDevices.getUserMedia(wanted)).getTracks()
    } catch {
      return undefined
    }
  }
  // Absent on pages that came over plain HTTP.
  if (!('mediaDevices' in navigator)) return []
  if (!isVideo) return (await get({ audio })) ?? []
  const both = await get({ audio, video })
  return both ?? (await get({ audio })) ?? (await get({ video })) ?? []
}
