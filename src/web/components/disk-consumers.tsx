import { Text, Title } from '@mantine/core'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { formatBytes } from '../../core/units/bytes.ts'
import type { ConsumersDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { timeText } from '../data/time-text.ts'

/** Where the bytes of a filesystem are: kinds with a bar each, and what a kind is made of folded below it. */
export function DiskConsumers({ disk }: { disk: ConsumersDocument }) {
  const say = useSay()
  const id = `bytes-of-${disk.mountPoint}`
  const { usedBytes, consumers } = disk
  return (
    <section aria-labelledby={id}>
      <Title order={3} fz="sm" id={id} mb={4}>
        {say('disk.heading')}
      </Title>
      <Text size="sm" c="dimmed" className="kp-sentence">
        {neutraliseText(disk.message)} {say('disk.walked', { time: timeText(disk.observedAt, null) })}
      </Text>
      <ul className="kp-bytes">
        {consumers.map((kind) => (
          <li key={kind.label}>
            {kind.consumers.length === 0 ? (
              <Row consumer={kind} usedBytes={usedBytes} hasBar />
            ) : (
              <details>
                <summary>
                  <Row consumer={kind} usedBytes={usedBytes} hasBar />
                </summary>
                <ul>
                  {kind.consumers.map((one) => (
                    <li key={one.label}>
                      <Row consumer={one} usedBytes={usedBytes} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface RowProps {
  consumer: { label: string; bytes: number }
  usedBytes: number
  hasBar?: boolean
}

/** The bar says nothing that the figures do not say. */
function Row({ consumer: { label, bytes }, usedBytes, hasBar = false }: RowProps) {
  const percent = usedBytes === 0 ? 0 : (bytes / usedBytes) * 100
  return (
    <span className="kp-bytes-row">
      <span>{neutraliseText(label)}</span>{' '}
      {hasBar ? (
        <span className="kp-bar" aria-hidden>
          <span style={{ inlineSize: `${Math.min(100, Math.max(0, percent))}%` }} />
        </span>
      ) : null}
      <span>{formatBytes(bytes)}</span>{' '}
      <span>{percent > 0 && percent < 0.5 ? '<1 %' : `${Math.round(percent)} %`}</span>
    </span>
  )
}
