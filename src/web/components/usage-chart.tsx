import { Text, useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { formatBytes } from '../../core/units/bytes.ts'
import type { ForecastDocument, ThresholdDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { chartData, expectedOf, type Readings } from './chart-data.ts'
import { chartOptions } from './chart-options.ts'

const HEIGHT = 260

/** What a chart shows. */
export interface UsageChartProps {
  usage: Readings
  /** What is expected to be available. */
  band: ForecastDocument['band']
  thresholds: readonly ThresholdDocument[]
  /** Instants of the incidents' steps, in Unix seconds. */
  marks: readonly number[]
  /** The chart in words. */
  label: string
}

/** Available bytes over time, with the levels at which the kubelet acts. */
export function UsageChart({ usage, band, thresholds, marks, label }: UsageChartProps) {
  const { ref, width } = useElementSize()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(null)
  const levels = useRef(thresholds)
  const instants = useRef(marks)

  useEffect(() => {
    if (!holder.current || width === 0) return undefined
    const options = chartOptions({
      width,
      height: HEIGHT,
      levels: () => levels.current,
      marks: () => instants.current,
      element: holder.current,
    })
    chart.current = new uPlot(options, [[], [], [], [], []], holder.current)
    return () => {
      chart.current?.destroy()
      chart.current = null
    }
  }, [width, scheme])

  useEffect(() => {
    levels.current = thresholds
    instants.current = marks
    chart.current?.setData(chartData(usage, band))
  }, [usage, band, thresholds, marks, width, scheme])

  return (
    <div>
      <div ref={ref} style={{ minHeight: HEIGHT }}>
        <div ref={holder} role="img" aria-label={label} />
      </div>
      <Expected usage={usage} band={band} />
    </div>
  )
}

/** The right part of the chart in words: its legend, and all of it for who cannot see it. */
function Expected({ usage, band }: Pick<UsageChartProps, 'usage' | 'band'>) {
  const say = useSay()
  const { aheadSeconds, points } = expectedOf(usage, band)
  const last = points.at(-1)
  return (
    <Text size="xs" c="dimmed" mih="1lh">
      {last
        ? say('page.chart.expected', {
            aheadSeconds,
            low: formatBytes(last.low),
            middle: formatBytes(last.middle),
            high: formatBytes(last.high),
          })
        : ''}
    </Text>
  )
}
