/** A body of several pictures; equals the contract's. */
const picturesType = 'application/vnd.our-now.pictures'

/**
 * The body of a request with pictures: one alone as it is, several as parts of a length and as many bytes, behind the
 * other fields. Those of a picture alone go into the query.
 *
 * @param name  The field of the pictures.
 */
export function toPictureBody(name: string, fields: Readonly<Record<string, unknown>>): Blob {
  const { [name]: pictures, ...others } = fields
  if (pictures instanceof Blob) return pictures
  const blobs = Array.isArray(pictures) ? pictures.filter((one) => one instanceof Blob) : []
  const parts = [new Blob([JSON.stringify(others)]), ...blobs]
  return new Blob(
    parts.flatMap((part) => [lengthOf(part), part]),
    { type: picturesType },
  )
}

function lengthOf({ size }: Blob): ArrayBuffer {
  const bytes = new DataView(new ArrayBuffer(4))
  bytes.setUint32(0, size)
  return bytes.buffer
}
