import { Text } from '@mantine/core'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import type { ConsumersDocument } from '../../http/node-contract.ts'
import { useAgo } from '../data/ago.ts'
import { useSay } from '../data/language.tsx'
import { ConsumerTable } from './consumer-table.tsx'
import { DiskPicture } from './disk-picture.tsx'

/** Where the bytes of a filesystem are: a picture of all of it, and a table down to containers and volumes. */
export function DiskConsumers({ disk }: { disk: ConsumersDocument }) {
  const say = useSay()
  const ago = useAgo()
  return (
    <div>
      <Text size="sm" className="kp-sentence">
        {neutraliseText(disk.message)}
      </Text>
      <Text size="sm" c="dimmed" className="kp-sentence">
        {say(disk.isWalked ? 'page.bytes.walked' : 'page.bytes.counted', ago(disk.observedAt))}
        {disk.note === null ? '' : ` ${neutraliseText(disk.note)}`}
      </Text>
      <DiskPicture disk={disk} />
      <ConsumerTable disk={disk} label={`${say('disk.heading')}: ${neutraliseText(disk.mountPoint)}`} />
    </div>
  )
}
