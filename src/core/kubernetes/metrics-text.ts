/** One sample of a metric: `name{label="value"} 12.5`. */
export interface MetricSample {
  name: string
  labels: Readonly<Record<string, string>>
  value: number
}

/** The families of a kubelet's `/metrics` that a patrol reads (semantics §10.2); histograms by count and sum. */
export const KUBELET_METRICS: ReadonlySet<string> = new Set([
  'kubelet_evictions',
  'kubelet_image_garbage_collected_total',
  'kubelet_volume_stats_available_bytes',
  'kubelet_volume_stats_capacity_bytes',
  'kubelet_volume_stats_used_bytes',
  'kubelet_volume_stats_inodes',
  'kubelet_volume_stats_inodes_free',
  'kubelet_volume_stats_inodes_used',
  'kubelet_orphan_pod_cleaned_volumes',
  'kubelet_orphan_pod_cleaned_volumes_errors',
  'kubelet_orphaned_runtime_pods_total',
  'kubelet_runtime_operations_errors_total',
  'kubelet_admission_rejections_total',
  'process_start_time_seconds',
])

const MOST_LABEL_CHARACTERS = 512
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?\s*$/
const LABEL = /\s*([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"\s*(?:,|$)/gy

/**
 * A line of the Prometheus text format, when it is a sample of one of these families; a comment, another
 * family and what is malformed are undefined.
 */
export function readMetricLine(line: string, families: ReadonlySet<string>): MetricSample | undefined {
  const name = /^[\w:]+/.exec(line)?.[0]
  if (name === undefined || !families.has(name)) return undefined
  const [, , labelText = '', valueText = ''] = SAMPLE.exec(line) ?? []
  const value = readValue(valueText)
  const labels = readLabels(labelText)
  return value === undefined || labels === undefined ? undefined : { name, labels, value }
}

function readValue(text: string): number | undefined {
  if (/^[+-]?Inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  const value = text === '' ? Number.NaN : Number(text)
  return Number.isNaN(value) ? undefined : value
}

function readLabels(text: string): Record<string, string> | undefined {
  const labels: [string, string][] = []
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text)
    if (!match) return undefined
    const value = (match[2] ?? '').replace(/\\(.)/g, (_, next: string) => (next === 'n' ? '\n' : next))
    labels.push([match[1] ?? '', value.slice(0, MOST_LABEL_CHARACTERS)])
  }
  return Object.fromEntries(labels)
}
