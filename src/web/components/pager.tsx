import { Button, Group, Text } from '@mantine/core'
import { useSay } from '../data/language.tsx'

/** What a pager goes through; pages count from 0. */
export interface PagerProps {
  page: number
  size: number
  all: number
  onPage: (page: number) => void
}

/** Where in a long list one is, and the ways on and back. */
export function Pager({ page, size, all, onPage }: PagerProps) {
  const say = useSay()
  if (all <= size) return null
  const from = page * size + 1
  const to = Math.min(all, from + size - 1)
  return (
    <Group component="nav" aria-label={say('page.pages')} gap="sm">
      <Button size="compact-sm" variant="default" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {say('page.previous')}
      </Button>
      <Text size="sm" aria-live="polite">
        {say('page.fleet.shown', { from, to, all })}
      </Text>
      <Button size="compact-sm" variant="default" disabled={to >= all} onClick={() => onPage(page + 1)}>
        {say('page.next')}
      </Button>
    </Group>
  )
}
