import sharp from 'sharp'
import { crc32, deflateSync } from 'node:zlib'

/** A picture as it comes from elsewhere: in other colours, depths and containers. */
export function paint(
  picture: Buffer,
  kind: 'greyscale' | 'CMYK' | 'see-through PNG' | 'animated' | '16 bits',
): Promise<Buffer> {
  const plain = sharp(picture)
  if (kind === 'greyscale') return plain.greyscale().jpeg({ quality: 95 }).toBuffer()
  if (kind === 'CMYK') return plain.toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()
  if (kind === 'see-through PNG') return plain.ensureAlpha(0.98).png().toBuffer()
  if (kind === '16 bits') return plain.toColourspace('rgb16').png().toBuffer()
  return animate(picture)
}

/** The picture, then a black one. */
async function animate(picture: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const frames = Buffer.concat([data, Buffer.alloc(data.length)])
  return sharp(frames, { raw: { width, height: height * 2, channels: 3, pageHeight: height } })
    .webp({ quality: 95, loop: 0, delay: [100, 100] })
    .toBuffer()
}

/** A PNG whose header promises so many pixels; what follows is a few bytes. */
export function pixelBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))), chunk('IEND')]
  return Buffer.concat([signature, ...parts])
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
