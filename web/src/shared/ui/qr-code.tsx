import { useMemo } from 'react'
import { encode } from 'uqr'
import styles from './qr-code.module.css'

export interface QrCodeProps {
  readonly text: string
  readonly label: string
}

/** A QR code as one path, dark on light in every theme because cameras need it so. */
export function QrCode({ text, label }: QrCodeProps) {
  const { path, size } = useMemo(() => {
    const { data, size } = encode(text, { ecc: 'M', border: 0 })
    const cells = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    return { path: cells.join(''), size }
  }, [text])
  return (
    <div className={styles['paper']}>
      <svg viewBox={`0 0 ${size} ${size}`} className={styles['code']} role="img" aria-label={label}>
        <path d={path} fill="var(--color-qr)" shapeRendering="crispEdges" />
      </svg>
    </div>
  )
}
