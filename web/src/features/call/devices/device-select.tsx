import type { LucideIcon } from 'lucide-react'
import styles from './devices.module.css'

export interface DeviceSelectProps {
  readonly icon: LucideIcon
  readonly label: string
  readonly devices: readonly MediaDeviceInfo[]
  readonly value: string | undefined
  readonly fallback: string
  readonly onChoose: (deviceId: string) => void
}

/** One of the devices of a kind; the browser's own list, which every phone shows well. */
export function DeviceSelect({ icon: Icon, label, devices, value, fallback, onChoose }: DeviceSelectProps) {
  const known = devices.some(({ deviceId }) => deviceId === value) ? value : ''
  return (
    <label className={styles['select']}>
      <Icon size={18} aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
      <select
        value={known}
        disabled={devices.length === 0}
        onChange={(event) => onChoose(event.target.value)}
      >
        {known === '' && <option value="">{fallback}</option>}
        {devices.map(({ deviceId, label: name }, index) => (
          <option key={deviceId} value={deviceId}>
            {name === '' ? `${label} ${index + 1}` : name}
          </option>
        ))}
      </select>
    </label>
  )
}
