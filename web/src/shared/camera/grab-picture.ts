/** Sides of what is sent, in pixels: no more than the server needs to see faces. */
const maxFrameSide = 640
const maxPhotoSide = 2_048
const quality = 0.85
/** What the server takes at most for one photo, in bytes; a smaller picture comes next. */
const maxPhotoBytes = 2_500_000

/** What the camera shows now, as a JPEG. */
export async function grabFrame(video: HTMLVideoElement): Promise<Blob> {
  return toJpeg(video, { width: video.videoWidth, height: video.videoHeight }, maxFrameSide)
}

/**
 * A chosen photo, turned as it is to be seen and made small enough to send.
 *
 * @throws {Error} when the browser cannot read it
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file)
  try {
    for (let side = maxPhotoSide; ; side /= 2) {
      const jpeg = await toJpeg(bitmap, bitmap, side)
      if (jpeg.size <= maxPhotoBytes) return jpeg
    }
  } finally {
    bitmap.close()
  }
}

async function toJpeg(
  source: CanvasImageSource,
  { width, height }: { readonly width: number; readonly height: number },
  maxSide: number,
): Promise<Blob> {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the picture cannot be read')) : resolve(blob)),
      'image/jpeg',
      quality,
    )
  })
}
