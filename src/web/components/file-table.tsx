import { Table, Text } from '@mantine/core'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { shown } from '../../core/tell/shown-text.ts'
import { useSay } from '../data/language.tsx'
import type { FileView } from '../explain/explanation-view.ts'

/** What was read, and what could not be. */
export function FileTable({ files, label }: { files: readonly FileView[]; label: string }) {
  const say = useSay()
  return (
    <Table className="kp-table kp-files" aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th data-column="file">{say('explain.page.file')}</Table.Th>
          <Table.Th data-column="lines">{say('explain.page.lines')}</Table.Th>
          <Table.Th data-column="says">{say('explain.page.says')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.map(({ path, lines, sentence, failure }, index) => (
          // eslint-disable-next-line react/no-array-index-key -- two files may have one name
          <Table.Tr key={index}>
            <Table.Th scope="row" data-column="file">
              {shown(path)}
            </Table.Th>
            <Table.Td data-column="lines">{lines}</Table.Td>
            <Table.Td data-column="says">
              {failure ? (
                <Text size="sm" c="var(--kp-hard)">
                  <b>{failure.code}</b>: {neutraliseText(failure.sentence)}
                </Text>
              ) : (
                neutraliseText(sentence)
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
