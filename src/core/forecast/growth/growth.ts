export interface Growth {
  kind: string
  slope: number
  at: number
  value: number
}
export function estimateGrowth(
  samples: readonly { at: number; value: number }[],
  now: number,
): Growth | undefined {
  const a = samples[0],
    b = samples.at(-1)
  if (!a || !b || b.at <= a.at) return undefined
  return { kind: 'trend', slope: (b.value - a.value) / (b.at - a.at), at: now, value: b.value }
}
export function crossing(g: Growth, level: number, horizon: number) {
  const t = g.slope > 0 ? g.at + (level - g.value) / g.slope : Infinity
  const at = t <= g.at + horizon ? t : null
  return { p10: at, p50: at, p90: at }
}
export function project(g: Growth, at: number) {
  const v = g.value + g.slope * (at - g.at)
  return { p10: v, p50: v, p90: v }
}
export function growthRate(g: Growth) {
  const s = g.slope * 1000
  return { p10: s, p50: s, p90: s }
}
