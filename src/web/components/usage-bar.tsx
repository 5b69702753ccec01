import type { NodeRow } from '../../http/list-contract.ts'
import { useSay } from '../data/language.tsx'

/** How full a disk is, with a tick at every level of its kubelet. */
export function UsageBar({ disk }: { disk: NodeRow['disks'][number] }) {
  const say = useSay()
  const { usedPercent, holds, capacityBytes, levels } = disk
  const used = usedPercent ?? Math.round(100 - (disk.availableBytes / capacityBytes) * 100)
  return (
    <span className="kp-usage">
      <span
        className="kp-bar"
        role="img"
        aria-label={say('page.bar', { used, images: holds === 'images' })}
        data-kind={disk.next.kind}
      >
        <span style={{ inlineSize: `${Math.min(100, Math.max(0, used))}%` }} />
        {levels.map(({ kind, availableBytes }) => (
          <i
            key={`${kind} ${availableBytes}`}
            data-kind={kind}
            style={{ insetInlineStart: `${100 - (availableBytes / capacityBytes) * 100}%` }}
          />
        ))}
      </span>
      <span aria-hidden>{used} %</span>
    </span>
  )
}
