import { useId } from 'react'

/** Two circles of talk; where they overlap is our now. The same drawing as `public/icons/icon.svg`. */
export function Logo({ size = 48 }: { readonly size?: number }) {
  const id = useId()
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <linearGradient id={`${id}-paper`} x1="0.1" y1="0" x2="0.8" y2="1">
        <stop offset="0" stopColor="#ff9a4d" />
        <stop offset="1" stopColor="#d9480f" />
      </linearGradient>
      <clipPath id={`${id}-left`}>
        <circle cx="40" cy="48" r="22" />
      </clipPath>
      <path
        d="M50 0C12.5 0 0 12.5 0 50s12.5 50 50 50 50-12.5 50-50S87.5 0 50 0Z"
        fill={`url(#${id}-paper)`}
      />
      <path
        d="M24 60 L19.5 74.5 L37 67.5 Z"
        fill="#fff4ea"
        strokeLinejoin="round"
        stroke="#fff4ea"
        strokeWidth="2"
      />
      <circle cx="40" cy="48" r="22" fill="#fff4ea" />
      <circle cx="60" cy="48" r="22" fill="#ffd3ad" fillOpacity="0.72" />
      <circle cx="60" cy="48" r="22" fill="#c2410c" clipPath={`url(#${id}-left)`} />
    </svg>
  )
}
