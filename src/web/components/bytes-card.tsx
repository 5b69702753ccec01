import { Card, Stack, Text, Title } from '@mantine/core'
import type { NodeDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { DiskConsumers } from './disk-consumers.tsx'

/** Where the bytes of a node's filesystems are. */
export function BytesCard({ node: { consumers } }: { node: NodeDocument }) {
  const say = useSay()
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="bytes">
      <Title order={2} id="bytes" mb={4}>
        {say('disk.heading')}
      </Title>
      {consumers.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say('page.bytes.unknown')}
        </Text>
      ) : (
        <Stack gap="lg">
          {consumers.map((disk) => (
            <DiskConsumers key={disk.mountPoint} disk={disk} />
          ))}
        </Stack>
      )}
    </Card>
  )
}
