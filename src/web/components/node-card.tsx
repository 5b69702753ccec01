import { Alert, Card, Group, List, Stack, Text, Title } from '@mantine/core'
import { shown } from '../../core/tell/shown-text.ts'
import type { NodeDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { timeText } from '../data/time-text.ts'
import { CommandText } from './command-text.tsx'
import { Disk, DiskFigures, Levels } from './disk.tsx'
import { FindingList } from './finding-list.tsx'
import { NodeForecast } from './node-forecast.tsx'
import { AgentState } from './who-saw.tsx'

/** What a card shows. */
export interface NodeCardProps {
  node: NodeDocument
  /** Instants of the incidents' steps, in Unix seconds. */
  marks: readonly number[]
  /** The node's name where there is none. */
  title?: string
}

/** A node's disks over time, how they stand now, the levels at which its kubelet acts, and what is wrong. */
export function NodeCard({ node, marks, title }: NodeCardProps) {
  const say = useSay()
  const [own, ...others] = node.disks
  const versions = [node.kubeletVersion && `kubelet ${node.kubeletVersion}`, node.containerRuntimeVersion]
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={`node-${node.name}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end">
          <div>
            <Title order={2} id={`node-${node.name}`} className="kp-sentence">
              {title ?? say('page.node', { name: shown(node.name) })}
            </Title>
            <Text size="sm" c="dimmed" className="kp-sentence">
              {versions.flatMap((version) => (version ? shown(version) : [])).join(' · ')}
            </Text>
          </div>
          <DiskFigures disk={own} />
        </Group>
        <AgentState agent={node.agent} />
        {node.isSeen ? null : (
          <Alert color="orange" p="xs">
            {say('page.not-seen', { time: node.lastSeenAt && timeText(node.lastSeenAt, null) })}
          </Alert>
        )}
        <Disk node={node.name} disk={own} marks={marks} />
        <NodeForecast node={node.name} />
        <Levels thresholds={own?.thresholds ?? []} />
        {others.map((disk) => (
          <section key={disk.holds} aria-labelledby={`disk-${disk.holds}`}>
            <Group justify="space-between" align="flex-end">
              <Title order={3} id={`disk-${disk.holds}`}>
                {say('page.disk.images')}
              </Title>
              <DiskFigures disk={disk} />
            </Group>
            <Disk node={node.name} disk={disk} marks={marks} />
            <Levels thresholds={disk.thresholds} />
          </section>
        ))}
        {node.findings.length === 0 ? null : (
          <section>
            <Title order={3} fz="sm" mb={4}>
              {say('page.findings')}
            </Title>
            <FindingList findings={node.findings} />
          </section>
        )}
        {node.gaps.length === 0 ? null : (
          <section>
            <Title order={3} fz="sm" mb={4}>
              {say('page.gaps')}
            </Title>
            <List size="sm" spacing={4}>
              {node.gaps.map((gap) => (
                <List.Item key={gap}>
                  <CommandText>{gap}</CommandText>
                </List.Item>
              ))}
            </List>
          </section>
        )}
      </Stack>
    </Card>
  )
}
