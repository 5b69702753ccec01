import { Skeleton, Stack, Title } from '@mantine/core'
import { shown } from '../../core/tell/shown-text.ts'
import { BytesCard } from '../components/bytes-card.tsx'
import { ImageCard } from '../components/image-card.tsx'
import { IncidentTable } from '../components/incident-table.tsx'
import { LeftBehindCard } from '../components/left-behind-card.tsx'
import { NodeCard } from '../components/node-card.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { WhoSaw } from '../components/who-saw.tsx'
import { useSay } from '../data/language.tsx'
import { marksOf } from '../data/marks.ts'
import { useIncidents, useIncidentsInFull, useNode, useStatus } from '../data/queries.ts'
import { NothingHere } from './nothing-here.tsx'

/** So many incidents are marked on the chart. */
const MOST_MARKED = 5

/** All that is known of one node. */
export function NodePage({ name }: { name: string }) {
  const say = useSay()
  const node = useNode(name)
  const status = useStatus()
  const rows = useIncidents({ node: name }).data?.items ?? []
  const incidents = useIncidentsInFull(rows.slice(0, MOST_MARKED).map(({ id }) => id))
  if (node.error) return <NothingHere />
  if (!node.data) return <Skeleton height={420} />
  return (
    <Stack gap="md">
      <PageTitle>{say('page.node', { name: shown(name) })}</PageTitle>
      {rows.length === 0 ? null : (
        <section aria-labelledby="its-incidents">
          <Title order={2} id="its-incidents" mb="xs">
            {say('page.node.incidents')}
          </Title>
          <IncidentTable incidents={rows} now={status.data?.observedAt ?? null} />
        </section>
      )}
      <NodeCard node={node.data} marks={marksOf(incidents, name)} title={say('page.disk')} />
      <BytesCard node={node.data} />
      {node.data.images ? <ImageCard images={node.data.images} /> : null}
      {node.data.leftBehind ? <LeftBehindCard leftBehind={node.data.leftBehind} /> : null}
      <WhoSaw node={node.data} />
    </Stack>
  )
}
