import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { linkTo } from '../data/navigation.ts'

/** A link to another place of the page. */
export function PlaceLink({ path, children }: { path: string; children: ReactNode }) {
  return (
    <Anchor size="sm" className="kp-link" {...linkTo(path)}>
      {children}
    </Anchor>
  )
}
