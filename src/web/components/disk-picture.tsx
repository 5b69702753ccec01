import {
  CONSUMER_GROUPS,
  GROUP_OF,
  type ConsumerGroup,
} from '../../core/observe/attribution/disk-attribution.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { formatBytes } from '../../core/units/bytes.ts'
import type { ConsumersDocument } from '../../http/node-contract.ts'
import { useSay } from '../data/language.tsx'

/** A whole disk as one bar: who holds how much of it, what only root may use, and what is free. */
export function DiskPicture({ disk }: { disk: ConsumersDocument }) {
  const say = useSay()
  const { capacityBytes, reservedBytes, availableBytes } = disk
  const groups = CONSUMER_GROUPS.map((group) => ({ group, kinds: kindsOf(disk, group) })).filter(
    ({ kinds }) => kinds.length > 0,
  )
  const parts = [
    ...groups.map(({ group, kinds }) => ({
      name: say(`page.bytes.group.${group}`),
      bytes: sum(kinds),
      group,
    })),
    ...(reservedBytes > 0
      ? [{ name: say('page.bytes.reserved'), bytes: reservedBytes, group: 'reserved' }]
      : []),
    { name: say('page.bytes.available'), bytes: availableBytes, group: 'available' },
  ]
  const width = (bytes: number) => ({ inlineSize: `${(100 * bytes) / Math.max(1, capacityBytes)}%` })
  return (
    <div className="kp-picture">
      <div
        className="kp-whole"
        role="img"
        aria-label={say('page.bytes.picture', { mountPoint: neutraliseText(disk.mountPoint), parts })}
      >
        {groups.flatMap(({ group, kinds }) =>
          kinds.map(({ kind, label, bytes }) => (
            <span
              key={kind}
              data-group={group}
              style={width(bytes)}
              title={`${neutraliseText(label)} ${formatBytes(bytes)}`}
            />
          )),
        )}
        <span data-group="reserved" style={width(reservedBytes)} />
      </div>
      <ul aria-hidden>
        {parts.map(({ name, bytes, group }) => (
          <li key={group}>
            <i data-group={group} /> {name} <span>{formatBytes(bytes)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Nothing of a group is less than nothing: a remainder may be, where more was found than is in use. */
function kindsOf({ consumers }: ConsumersDocument, group: ConsumerGroup) {
  return consumers.filter(({ kind, bytes }) => GROUP_OF[kind] === group && bytes > 0)
}

function sum(kinds: readonly { bytes: number }[]): number {
  return kinds.reduce((total, { bytes }) => total + bytes, 0)
}
