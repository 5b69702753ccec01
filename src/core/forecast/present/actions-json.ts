import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { formatInstant } from '../../units/instant.ts'
import type { Range, SimulatedAction } from '../simulation/action.ts'

/** The JSON of simulated actions: `freedBytes` is a number where it is certain, else its least and most. */
export function actionsDocument(actions: readonly SimulatedAction[], language: Language) {
  return actions.map(({ at, kind, victims, victimSet, taken, wantedBytes, freedBytes, why, spared }) => ({
    at: formatInstant(at),
    kind,
    victims,
    ...(victimSet.length === 0 ? {} : { victimSet, taken }),
    ...(wantedBytes === undefined ? {} : { wantedBytes }),
    ...(freedBytes === undefined ? {} : { freedBytes: exactOrRange(freedBytes) }),
    why: say(why, language),
    ...(spared === undefined
      ? {}
      : {
          spared: spared.map(({ id, sizeBytes, why: reason }) => ({
            kind: 'image',
            id,
            ...(sizeBytes === undefined ? {} : { sizeBytes }),
            why: say(message(`simulate.spared.${reason}`), language),
          })),
        }),
  }))
}

function exactOrRange({ min, max }: Range): number | Range {
  return min === max ? min : { min, max }
}
