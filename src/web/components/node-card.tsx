import { Card, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core'
import { formatBytes } from '../../core/units/bytes.ts'
import type { ThresholdDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { useForecast, useNode, useUsage } from '../data/queries.ts'
import { CommandText } from './command-text.tsx'
import { NodeForecast } from './node-forecast.tsx'
import { UsageChart } from './usage-chart.tsx'

const SWATCH = { 'image-gc': 'var(--kp-gc)', hard: 'var(--kp-hard)', soft: 'var(--kp-soft)' } as const

/** A node's disk over time, how it stands now, and the levels at which its kubelet acts. */
export function NodeCard({ name, marks }: { name: string; marks: readonly number[] }) {
  const say = useSay()
  const node = useNode(name).data
  const usage = useUsage(name)
  const forecast = useForecast(name)
  if (!node) return <Skeleton height={420} />
  const [disk] = node.disks
  const thresholds = disk?.thresholds ?? []
  const available = disk ? formatBytes(disk.availableBytes) : '—'
  const label = say('page.chart', { available, levels: thresholds.map(levelText).join('; ') })
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={`node-${node.name}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end">
          <div>
            <Title order={2} id={`node-${node.name}`}>
              {say('page.node', { name: node.name })}
            </Title>
            <Text size="sm" c="dimmed">
              {[node.kubeletVersion && `kubelet ${node.kubeletVersion}`, node.containerRuntimeVersion]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </div>
          <Group gap="xl">
            <Figure
              value={available}
              label={say('page.available', {
                capacity: disk ? formatBytes(disk.capacityBytes) : '—',
              })}
            />
            <Figure
              value={
                disk?.usedPercent === undefined || disk.usedPercent === null ? '—' : `${disk.usedPercent} %`
              }
              label={say('page.used')}
            />
          </Group>
        </Group>
        {usage.data ? (
          <UsageChart
            usage={usage.data}
            band={forecast.data?.band ?? []}
            thresholds={thresholds}
            marks={marks}
            label={label}
          />
        ) : (
          <div style={{ height: 260 }} />
        )}
        <NodeForecast node={node.name} />
        {thresholds.length === 0 ? (
          <Text size="sm" c="dimmed">
            {say('page.no-levels')}
          </Text>
        ) : (
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
        )}
        {node.findings.length === 0 ? null : (
          <section>
            <Title order={3} fz="sm" mb={4}>
              {say('page.findings')}
            </Title>
            <List size="sm" spacing={4}>
              {node.findings.map((finding) => (
                <List.Item key={finding.message}>
                  <Text span fw={650} size="sm">
                    {say(`tell.${finding.severity}`)}:{' '}
                  </Text>
                  <CommandText>{finding.message}</CommandText>
                </List.Item>
              ))}
            </List>
          </section>
        )}
      </Stack>
    </Card>
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
