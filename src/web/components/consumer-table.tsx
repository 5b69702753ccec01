import { Table } from '@mantine/core'
import { useState } from 'react'
import { GROUP_OF } from '../../core/observe/attribution/disk-attribution.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { formatBytes } from '../../core/units/bytes.ts'
import type { ConsumersDocument } from '../../http/node-contract.ts'
import { useSay } from '../data/language.tsx'
import { consumerRows, type ShownConsumer } from '../data/consumer-rows.ts'

/** Slower than this is still: half a gigabyte in a week. */
const STILL_BYTES_PER_SECOND = 1000

/** Where the bytes of a disk are, a row each: kinds, which open to pods, which open to containers and volumes. */
export function ConsumerTable({ disk, label }: { disk: ConsumersDocument; label: string }) {
  const say = useSay()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (key: string) =>
    setOpen((before) => {
      const after = new Set(before)
      if (!after.delete(key)) after.add(key)
      return after
    })
  return (
    <Table className="kp-table kp-consumers" aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th data-column="what">{say('page.bytes.what')}</Table.Th>
          <Table.Th data-column="size">{say('page.bytes.size')}</Table.Th>
          <Table.Th data-column="share">{say('page.bytes.share')}</Table.Th>
          <Table.Th data-column="growth">{say('page.bytes.growth')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {consumerRows(disk, open).map((row) => (
          <Row key={row.key} row={row} usedBytes={disk.usedBytes} onToggle={() => toggle(row.key)} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface RowProps {
  row: ShownConsumer
  usedBytes: number
  onToggle: () => void
}

function Row({ row, usedBytes, onToggle }: RowProps) {
  const { label, bytes, bytesPerSecond, level, kind, isOpen } = row
  const percent = usedBytes === 0 ? 0 : (bytes / usedBytes) * 100
  const name = neutraliseText(label)
  return (
    <Table.Tr data-level={level}>
      <Table.Th scope="row" data-column="what">
        <span className="kp-what">
          {level === 0 ? <i className="kp-key" data-group={GROUP_OF[kind]} aria-hidden /> : null}
          {isOpen === undefined ? (
            <span>{name}</span>
          ) : (
            <button type="button" aria-expanded={isOpen} onClick={onToggle}>
              {name} <span aria-hidden>{isOpen ? '▾' : '▸'}</span>
            </button>
          )}
        </span>
      </Table.Th>
      <Table.Td data-column="size">{formatBytes(bytes)}</Table.Td>
      <Table.Td data-column="share">
        {percent > 0 && percent < 0.5 ? '<1 %' : `${Math.round(percent)} %`}
      </Table.Td>
      <Table.Td data-column="growth">
        <Growth bytesPerSecond={bytesPerSecond} />
      </Table.Td>
    </Table.Tr>
  )
}

function Growth({ bytesPerSecond }: { bytesPerSecond: number | null }) {
  const say = useSay()
  if (bytesPerSecond === null) return null
  if (Math.abs(bytesPerSecond) < STILL_BYTES_PER_SECOND)
    return <span className="kp-still">{say('page.bytes.still')}</span>
  const rate = say('page.bytes.rate', { bytesPerSecond })
  return bytesPerSecond > 0 ? <strong>{rate}</strong> : rate
}
