import { Card, List, Table, Text, Title } from '@mantine/core'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { formatBytes } from '../../core/units/bytes.ts'
import type { LeftBehindDocument } from '../../http/node-contract.ts'
import { useSay } from '../data/language.tsx'

/** Directories that pods left on a node's disk, and what holds each. Nothing is shown where there are none. */
export function LeftBehindCard({ leftBehind: { items, total } }: { leftBehind: LeftBehindDocument }) {
  const say = useSay()
  if (items.length === 0) return null
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="left-behind">
      <Title order={2} id="left-behind" mb={4}>
        {say('page.orphans')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs" className="kp-sentence">
        {say('page.orphans.help')}
      </Text>
      <Table className="kp-table kp-left" aria-label={say('page.orphans')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th data-column="directory">{say('page.orphans.directory')}</Table.Th>
            <Table.Th data-column="size">{say('page.bytes.size')}</Table.Th>
            <Table.Th data-column="held">{say('page.orphans.held')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((directory) => (
            <Table.Tr key={directory.path}>
              <Table.Th scope="row" data-column="directory">
                <span className="kp-name">{neutraliseText(directory.path)}</span>
              </Table.Th>
              <Table.Td data-column="size">
                {directory.bytes === null ? '' : formatBytes(directory.bytes)}
              </Table.Td>
              <Table.Td data-column="held">
                <Holders directory={directory} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {items.length < total ? (
        <Text size="sm" c="dimmed">
          {say('page.listed', { listed: items.length, total })}
        </Text>
      ) : null}
    </Card>
  )
}

function Holders({
  directory: { mounts, processes, data },
}: {
  directory: LeftBehindDocument['items'][number]
}) {
  const say = useSay()
  const held = [
    ...(mounts.count > 0 ? [say('page.orphans.mounted', { mounts })] : []),
    ...(processes.count > 0 ? [say('page.orphans.in-use', { processes })] : []),
    ...(data.count > 0 ? [say('page.orphans.data', { data })] : []),
  ]
  if (held.length === 0) return say('page.orphans.nothing')
  return (
    <List size="sm" listStyleType="none">
      {held.map((sentence) => (
        <List.Item key={sentence} className="kp-sentence">
          {neutraliseText(sentence)}
        </List.Item>
      ))}
    </List>
  )
}
