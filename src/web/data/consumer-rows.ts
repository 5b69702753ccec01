import type { ConsumerKind } from '../../core/observe/attribution/disk-attribution.ts'
import type { ConsumersDocument } from '../../http/node-contract.ts'

/** A row of what holds bytes. */
export interface ShownConsumer {
  key: string
  kind: ConsumerKind
  /** 0 for a kind, 1 for what it is made of, 2 for what that is made of. */
  level: 0 | 1 | 2
  label: string
  bytes: number
  bytesPerSecond: number | null
  /** Absent for what is made of nothing that is told. */
  isOpen?: boolean
}

interface Told {
  label: string
  bytes: number
  bytesPerSecond: number | null
  consumers?: readonly Told[]
}

/** The rows that are to be seen while these are open. Labels are the key: places in a list change from walk to walk. */
export function consumerRows({ consumers }: ConsumersDocument, open: ReadonlySet<string>): ShownConsumer[] {
  return consumers.flatMap((kind) => rows(kind, { key: kind.kind, kind: kind.kind, level: 0 }, open))
}

function rows(
  { consumers = [], ...figures }: Told,
  at: Pick<ShownConsumer, 'key' | 'kind' | 'level'>,
  open: ReadonlySet<string>,
): ShownConsumer[] {
  const { label, bytes, bytesPerSecond } = figures
  const isOpen = consumers.length === 0 ? {} : { isOpen: open.has(at.key) }
  const below = open.has(at.key) ? consumers : []
  const level = at.level === 0 ? 1 : 2
  const seen = new Map<string, number>()
  return [
    { ...at, label, bytes, bytesPerSecond, ...isOpen },
    ...below.flatMap((one) => {
      const times = seen.get(one.label) ?? 0
      seen.set(one.label, times + 1)
      return rows(one, { key: `${at.key}\n${one.label}\n${times}`, kind: at.kind, level }, open)
    }),
  ]
}
