import type { ImageGcRules } from './image-gc-rules.ts'

/** A pass that found too little to remove. */
export interface Shortfall {
  usagePercent: number
  capacityBytes: number
  wantedBytes: number
  freedBytes: number
}

/** What the kubelet says of a pass that freed less than it wanted (semantics §1.9, by version); the same stands in the event. */
export function shortfallText(
  { usagePercent, capacityBytes, wantedBytes, freedBytes }: Shortfall,
  { shortfall }: Pick<ImageGcRules, 'shortfall'>,
): string {
  switch (shortfall) {
    case 'wanted-freed':
      return `failed to garbage collect required amount of images. Wanted to free ${wantedBytes} bytes, but freed ${freedBytes} bytes`
    case 'attempted-eligible':
      return `Failed to garbage collect required amount of images. Attempted to free ${wantedBytes} bytes, but only found ${freedBytes} bytes eligible to free.`
    case 'insufficient-space':
      return `Insufficient free disk space on the node's image filesystem (${usagePercent}% of ${sizeText(capacityBytes)} used). Failed to free sufficient space by deleting unused images (freed ${freedBytes} bytes). Investigate disk usage, as it could be used by active images, logs, volumes, or other data.`
  }
}

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const

/** With one decimal, in the largest unit of which there is at least one; plain bytes below 1024. */
function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length)
  return `${(bytes / 1024 ** power).toFixed(1)} ${UNITS[power - 1] ?? ''}`
}
