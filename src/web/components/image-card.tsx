import { Badge, Button, Card, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import type { ImagesDocument } from '../../http/node-contract.ts'
import { useAgo } from '../data/ago.ts'
import { useSay } from '../data/language.tsx'

type Image = ImagesDocument['items'][number]

/** So many are shown at first, or as many as are at risk, up to a few times that. */
const SHOWN = 10
const MOST_SHOWN = 30

/** The images of a node: which may be lost, who uses each, and whether a registry could give it back. */
export function ImageCard({ images }: { images: ImagesDocument }) {
  const say = useSay()
  const [showsAll, setShowsAll] = useState(false)
  const { items, total, atRisk, atRiskBytes } = images
  const few = Math.min(MOST_SHOWN, Math.max(SHOWN, atRisk))
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="images">
      <Title order={2} id="images" mb={4}>
        {say('page.images')}
      </Title>
      <Text size="sm" {...(atRisk > 0 ? {} : { c: 'dimmed' })} mb="xs" className="kp-sentence">
        {say('page.images.risk', { atRisk, total, bytes: atRiskBytes })}
      </Text>
      <Table className="kp-table kp-images" aria-label={say('page.images')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th data-column="image">{say('page.images.image')}</Table.Th>
            <Table.Th data-column="use">{say('page.images.use')}</Table.Th>
            <Table.Th data-column="again">{say('page.images.again')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(showsAll ? items : items.slice(0, few)).map((image, index) => (
            // Two images may have one name; their order is what tells them apart.
            <ImageRow key={`${image.name} ${index}`} image={image} />
          ))}
        </Table.Tbody>
      </Table>
      {items.length > few ? (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? say('page.images.fewer') : say('page.images.more', { count: items.length })}
        </Button>
      ) : null}
      {showsAll && items.length < total ? (
        <Text size="sm" c="dimmed">
          {say('page.listed', { listed: items.length, total })}
        </Text>
      ) : null}
    </Card>
  )
}

function ImageRow({ image }: { image: Image }) {
  const say = useSay()
  const { name, otherNames, bytes, areFreed, isPinned, isKept, isAtRisk } = image
  const size = bytes === null ? [] : [say(areFreed ? 'page.images.freed' : 'page.images.reported', { bytes })]
  const names = otherNames > 0 ? [say('page.images.other-names', { count: otherNames })] : []
  return (
    <Table.Tr>
      <Table.Th scope="row" data-column="image">
        <span className="kp-name">{neutraliseText(name)}</span>{' '}
        {isAtRisk ? (
          <Badge size="sm" color="orange" variant="filled" className="kp-badge">
            {say('page.images.at-risk')}
          </Badge>
        ) : null}
        {isKept || isPinned ? (
          <Badge size="sm" color="gray" variant="light" className="kp-badge">
            {say(
              !isPinned ? 'page.images.kept' : isKept ? 'page.images.pinned' : 'page.images.pinned-in-vain',
            )}
          </Badge>
        ) : null}
        <Text size="xs" c="dimmed">
          {[...size, ...names].join(' · ')}
        </Text>
      </Table.Th>
      <Table.Td data-column="use">
        <Use image={image} />
      </Table.Td>
      <Table.Td data-column="again">
        <Again image={image} />
      </Table.Td>
    </Table.Tr>
  )
}

function Use({ image: { usedBy, lastUsedAt } }: { image: Image }) {
  const say = useSay()
  const ago = useAgo()
  if (usedBy.count > 0) {
    const users = { named: usedBy.named.map(neutraliseText), count: usedBy.count }
    return say('page.images.users', { users })
  }
  return say('page.images.idle', lastUsedAt === null ? { time: null, ago: null } : ago(lastUsedAt))
}

function Again({ image: { pullable, why, checkedAt } }: { image: Image }) {
  const say = useSay()
  const ago = useAgo()
  return (
    <>
      <strong>{say(`page.images.${pullable}`)}</strong>{' '}
      <Text span size="xs" c="dimmed">
        {neutraliseText(why)}
        {checkedAt === null ? '' : `, ${say('page.seen.ago', ago(checkedAt))}`}
      </Text>
    </>
  )
}
