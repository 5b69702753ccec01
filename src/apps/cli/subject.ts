import type { Message } from '../../core/messages/message.ts'
import type { ObservationSource } from '../../core/observe/observation-source.ts'
import type { Patrol, RoundClock } from '../patrol-loop.ts'
import type { ViewParts } from '../patrol-view.ts'

/** What is patrolled and shown: a recording that is played, a cluster as it lives, or a simulated one. */
export interface ServeSubject {
  source: ObservationSource
  clock(signal: AbortSignal): RoundClock
  /** What the page is told of it. */
  shown(patrol: Patrol): Pick<ViewParts, 'subject' | 'replay' | 'lab'>
  /** What is said at the beginning. */
  intro: readonly Message[]
  /** What is patrolled in its place, once somebody asks for that; absent where nobody can. */
  next?: Promise<ServeSubject>
  /** Lets go of it. */
  close(): Promise<void>
}
