import { AppError } from '@our-now/platform/errors/app-error.ts'
import sharp from 'sharp'
import type { Picture } from './picture.ts'

/** A picture and how large it was before it was made smaller. */
export interface Decoded {
  readonly picture: Picture
  /** Turned by its EXIF, in pixels. */
  readonly width: number
  readonly height: number
}

/** More pixels are refused by what the header says, before one of them is decoded. */
const mostPixels = 64_000_000
/** Faces are looked for in at most this many pixels along the longer side. */
const longestSide = 1_600
/** What cameras, phones and browsers make. Not SVG or PDF: they are programs. */
const kinds = ['jpeg', 'png', 'webp', 'gif', 'heif', 'avif']

// One thread of ours decodes one picture at a time; libvips would keep decoded ones for nobody.
sharp.concurrency(1)
sharp.cache(false)

/**
 * The first image of the file, turned by its EXIF, in sRGB, on white where it is see-through.
 *
 * @throws {AppError} image_unreadable, image_too_large
 */
export async function decodePicture(file: Uint8Array): Promise<Decoded> {
  const size = await readHeader(file)
  try {
    const { data, info } = await sharp(file, { limitInputPixels: mostPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 3) throw new Error(`${info.channels} channels`)
    return { picture: { width: info.width, height: info.height, rgb: data }, ...size }
  } catch (error) {
    throw new AppError('image_unreadable', undefined, { cause: error })
  }
}

async function readHeader(file: Uint8Array): Promise<{ width: number; height: number }> {
  // Sharp refuses an empty file before it promises anything: hence the function.
  const header = await (async () => sharp(file, { limitInputPixels: false }).metadata())().catch(
    (error: unknown) => {
      throw new AppError('image_unreadable', undefined, { cause: error })
    },
  )
  const { format, autoOrient, pages = 1, pageHeight, width, height } = header
  if (!kinds.includes(format)) throw new AppError('image_unreadable')
  if (width * (pages > 1 ? (pageHeight ?? height) : height) > mostPixels)
    throw new AppError('image_too_large')
  return { width: autoOrient.width, height: autoOrient.height }
}
