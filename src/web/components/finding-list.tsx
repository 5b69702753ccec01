import { List, Text } from '@mantine/core'
import { shown } from '../../core/tell/shown-text.ts'
import type { FindingDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { CommandText } from './command-text.tsx'

/** Findings, a sentence each; the object is named where it is not the node. */
export function FindingList({ findings }: { findings: readonly FindingDocument[] }) {
  const say = useSay()
  return (
    <List size="sm" spacing={4}>
      {findings.map((finding) => (
        <List.Item key={findingKey(finding)}>
          <Text span fw={650} size="sm">
            {say(`tell.${finding.severity}`)}
            {finding.object.kind === 'Node' ? '' : `, ${objectText(finding)}`}:{' '}
          </Text>
          <CommandText>{finding.message}</CommandText>
        </List.Item>
      ))}
    </List>
  )
}

/** `Pod log/es-0`, cut and fit to be read. */
export function objectText({ object: { kind, namespace, name } }: FindingDocument): string {
  return shown(`${kind} ${namespace === null ? '' : `${namespace}/`}${name}`)
}

/** Tells a finding from the others. */
export function findingKey({ id, object: { kind, namespace, name }, message }: FindingDocument): string {
  return [id, kind, namespace, name, message].join(' ')
}
