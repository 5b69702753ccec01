import { applied } from './apply.ts'
import { custom } from './custom.ts'
import { deletions } from './deletions.ts'
import { discovery } from './discovery.ts'
import { lists } from './lists.ts'
import { storage } from './storage.ts'
import { subresources } from './subresources.ts'
import { watches } from './watches.ts'
import { writes } from './writes.ts'
import type { Story } from '../exchange.ts'

/** Everything that the lab is held to. */
export const STORIES: readonly Story[] = [
  discovery,
  lists,
  writes,
  watches,
  deletions,
  subresources,
  storage,
  custom,
  applied,
]
