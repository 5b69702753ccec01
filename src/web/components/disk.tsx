import { Group, List, Text } from '@mantine/core'
import { formatBytes } from '../../core/units/bytes.ts'
import type { DiskDocument, ThresholdDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { useForecast, useUsage } from '../data/queries.ts'
import { UsageChart } from './usage-chart.tsx'

const SWATCH = { 'image-gc': 'var(--kp-gc)', hard: 'var(--kp-hard)', soft: 'var(--kp-soft)' } as const

/** What of which node a chart shows. */
export interface DiskProps {
  node: string
  /** Undefined while none was seen. */
  disk: DiskDocument | undefined
  marks: readonly number[]
}

/** A disk over time; what is expected is foretold for that of the kubelet's data. */
export function Disk({ node, disk, marks }: DiskProps) {
  const say = useSay()
  const usage = useUsage(node).data
  const forecast = useForecast(node).data
  const isOfImages = disk?.holds === 'images'
  const readings = isOfImages ? usage?.images : usage
  if (!readings) return <div style={{ height: 260 }} />
  const thresholds = disk?.thresholds ?? []
  const label = say('page.chart', {
    available: disk ? formatBytes(disk.availableBytes) : '—',
    levels: thresholds.map(levelText).join('; '),
  })
  const band = isOfImages ? [] : (forecast?.band ?? [])
  return <UsageChart usage={readings} band={band} thresholds={thresholds} marks={marks} label={label} />
}

/** How a disk stands now, in two figures. */
export function DiskFigures({ disk }: { disk: DiskDocument | undefined }) {
  const say = useSay()
  const capacity = disk ? formatBytes(disk.capacityBytes) : '—'
  const used = disk?.usedPercent ?? null
  return (
    <Group gap="xl">
      <Figure
        value={disk ? formatBytes(disk.availableBytes) : '—'}
        label={say('page.available', { capacity })}
      />
      <Figure value={used === null ? '—' : `${used} %`} label={say('page.used')} />
    </Group>
  )
}

/** The levels at which the kubelet acts. */
export function Levels({ thresholds }: { thresholds: readonly ThresholdDocument[] }) {
  const say = useSay()
  if (thresholds.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {say('page.no-levels')}
      </Text>
    )
  }
  return (
    <List listStyleType="none" size="sm" aria-label={say('page.levels')}>
      {thresholds.map((level) => (
        <List.Item key={`${level.id} ${level.kind}`}>
          <span className="kp-swatch" style={{ borderColor: SWATCH[level.kind] }} aria-hidden />
          {level.message}{' '}
          <Text span size="sm" c="dimmed">
            — {say('page.below', { bytes: formatBytes(level.availableBytes) })}
          </Text>
        </List.Item>
      ))}
    </List>
  )
}

function Figure({ value, label }: { value: string; label: string }) {
  return (
    <div>
      <Text fz={26} fw={700} lh={1.1} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
    </div>
  )
}

function levelText({ message, availableBytes }: ThresholdDocument): string {
  return `${message} (${formatBytes(availableBytes)})`
}
