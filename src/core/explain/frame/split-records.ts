/** Where a record may begin inside a line: a klog header, a syslog or RFC 3339 stamp with host and tag, logfmt. */
const BEGINS =
  /(?:[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ [^:\]\s"]{1,80}:\d+\] )|(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? [\w.-]{1,100} [\w.@/-]{1,60}(?:\[\d+\])?: )|(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d) [\w.-]{1,100} [\w.@/-]{1,60}\[\d+\]: )|(?:time="\d{4}-\d\d-\d\dT[^"]{5,30}" level=)/g
/** More records than this no line holds. */
const MOST_CUTS = 50
/** What may stand right before a record on its own line: nothing, or a carrier's tag. */
const CARRIER_END = /(?:^|[\w\])]: |\b(?:stdout|stderr) [FP] |\| )$/

/**
 * Cuts a line with several records into one piece each. A stamp right after a carrier's tag begins no record
 * of its own, and one inside quotes is quoted.
 */
export function splitRecords(line: string): string[] {
  const cuts: number[] = []
  let end = 0
  for (const match of line.matchAll(BEGINS)) {
    if (cuts.length >= MOST_CUTS) break
    const { index } = match
    if (index > 0 && !isCarried(line.slice(end, index)) && isOutside(line, index)) cuts.push(index)
    end = Math.max(end, index)
  }
  if (cuts.length === 0) return [line]
  const bounds = [0, ...cuts, line.length]
  return bounds
    .slice(1)
    .map((bound, index) => line.slice(bounds[index], bound).trimEnd())
    .filter((piece) => piece.trim() !== '')
}

function isCarried(before: string): boolean {
  return CARRIER_END.test(before.slice(-200)) && before.length < 300
}

/** A record begins after a blank or a closing mark, and not right after a quote or a bracket that opens. */
function isOutside(line: string, index: number): boolean {
  const before = line[index - 1] ?? ' '
  return !/["'\\([{=]/.test(before) && !line.startsWith('{')
}
