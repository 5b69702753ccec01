const UNITS = [
  { seconds: 86_400, en: 'd', zh: '天' },
  { seconds: 3600, en: 'h', zh: '小时' },
  { seconds: 60, en: 'min', zh: '分钟' },
] as const

/** A span in its largest unit of which there are at least two: `90 s`, `4 min`, `26 h`, `3 d`. */
export function spanEn(seconds: number): string {
  const unit = unitOf(seconds)
  return `${Math.round(seconds / unit.seconds)} ${unit.en}`
}

/** The same in Chinese: `90 秒`, `4 分钟`. */
export function spanZh(seconds: number): string {
  const unit = unitOf(seconds)
  return `${Math.round(seconds / unit.seconds)} ${unit.zh}`
}

function unitOf(seconds: number) {
  return (
    UNITS.find((unit) => Math.round(seconds) >= 2 * unit.seconds) ??
    ({ seconds: 1, en: 's', zh: '秒' } as const)
  )
}
