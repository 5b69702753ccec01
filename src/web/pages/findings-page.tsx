import { NativeSelect, Skeleton, Stack, Table, Text } from '@mantine/core'
import { SEVERITIES } from '../../core/incident/severity.ts'
import { shown } from '../../core/tell/shown-text.ts'
import { CommandText } from '../components/command-text.tsx'
import { findingKey, objectText } from '../components/finding-list.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { PlaceLink } from '../components/place-link.tsx'
import { SeverityBadge } from '../components/severity-badge.tsx'
import { useSay } from '../data/language.tsx'
import { useAsked } from '../data/navigation.ts'
import { useFindings } from '../data/queries.ts'
import { nodePath } from '../data/route.ts'

/** What was found about objects other than nodes. */
export function FindingsPage() {
  const say = useSay()
  const [query, ask] = useAsked()
  const severity = SEVERITIES.find((known) => known === query.get('severity'))
  const { data } = useFindings(severity ? { severity } : {})
  return (
    <Stack gap="md">
      <div>
        <PageTitle>{say('page.nav.findings')}</PageTitle>
        <Text size="sm" c="dimmed">
          {say('page.findings.intro')}
        </Text>
      </div>
      <NativeSelect
        size="xs"
        w="12rem"
        label={say('page.column.severity')}
        value={severity ?? ''}
        onChange={(event) => ask({ severity: event.currentTarget.value })}
        data={[
          { value: '', label: say('page.incidents.both') },
          ...SEVERITIES.toReversed().map((value) => ({ value, label: say(`tell.${value}`) })),
        ]}
      />
      {!data ? <Skeleton height={240} /> : null}
      {data?.items.length === 0 ? <Text role="status">{say('page.findings.none')}</Text> : null}
      {data && data.items.length > 0 ? <FindingTable findings={data.items} /> : null}
      {data && data.total > data.items.length ? (
        <Text size="sm" c="dimmed">
          {say('page.listed', { listed: data.items.length, total: data.total })}
        </Text>
      ) : null}
    </Stack>
  )
}

function FindingTable({ findings }: { findings: readonly Parameters<typeof objectText>[0][] }) {
  const say = useSay()
  return (
    <Table className="kp-table kp-findings" aria-label={say('page.nav.findings')}>
      <Table.Thead>
        <Table.Tr>
          {(['severity', 'object', 'finding'] as const).map((column) => (
            <Table.Th key={column} data-column={column}>
              {say(`page.column.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {findings.map((finding) => (
          <Table.Tr key={findingKey(finding)}>
            <Table.Td data-column="severity">
              <SeverityBadge severity={finding.severity} />
            </Table.Td>
            <Table.Th scope="row" data-column="object">
              {objectText(finding)}
              {finding.node === null ? null : (
                <div>
                  <PlaceLink path={nodePath(finding.node)}>{shown(finding.node)}</PlaceLink>
                </div>
              )}
            </Table.Th>
            <Table.Td data-column="finding">
              <CommandText>{finding.message}</CommandText>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
