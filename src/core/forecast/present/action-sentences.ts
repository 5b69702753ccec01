import { message, type Message } from '../../messages/message.ts'
import type { SimulatedAction, Victim } from '../simulation/action.ts'

/** What is said of an action: whom it takes, what that frees, and why. */
export function actionSentences(action: Omit<SimulatedAction, 'at' | 'spared'>): Message[] {
  const { victims, victimSet, taken, wantedBytes, freedBytes, why } = action
  const sentences: Message[] = []
  if (victims.length > 0) sentences.push(message('simulate.victims', { victims: victims.map(nameOf) }))
  if (victimSet.length > 0 && taken) {
    sentences.push(message('simulate.victim-set', { victims: victimSet.map(nameOf), ...taken }))
  }
  if (victims.length === 0 && victimSet.length === 0 && freedBytes) {
    sentences.push(message('simulate.no-victims'))
  }
  if (freedBytes) {
    const wanted = wantedBytes === undefined ? {} : { wantedBytes }
    sentences.push(message('simulate.freed', { ...wanted, min: freedBytes.min, max: freedBytes.max }))
  }
  return [...sentences, why]
}

/** What a person calls it. */
function nameOf(victim: Victim): string {
  if (victim.kind === 'image') return victim.name ?? victim.id
  return victim.kind === 'pod' ? `${victim.namespace}/${victim.name}` : `${victim.pod} (${victim.name})`
}
