import type { DiskReport } from '../node-report.ts'

const WIDTH = 100

/** A picture of how much of a disk is used, with a tick at the next level and red once one is crossed; drawn from numbers alone. */
export function diskBar(disk: DiskReport | undefined): string {
  if (!disk || disk.capacityBytes <= 0) return ''
  const { capacityBytes, availableBytes, next, crossed } = disk
  const at = (available: number) =>
    Number(Math.min(WIDTH, Math.max(0, WIDTH * (1 - available / capacityBytes))).toFixed(2))
  const ticks = [...crossed, ...(next ? [next.level] : [])].map(
    ({ below }) => `<line class="tick" x1="${at(below)}" x2="${at(below)}" y1="0" y2="10"/>`,
  )
  const tone = crossed.length > 0 ? 'crossed' : 'used'
  return `<svg class="bar" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="room" width="${WIDTH}" height="10" y="0" rx="1"/><rect class="${tone}" width="${at(availableBytes)}" height="6" y="2"/>${ticks.join('')}</svg>`
}
