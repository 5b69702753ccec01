import { clusterSource } from '../../adapters/observe/cluster/cluster-source.ts'
import { listedObjects } from '../../adapters/observe/cluster/cluster-objects.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { message } from '../../core/messages/message.ts'
import { formatInstant } from '../../core/units/instant.ts'
import type { LabDocument, LabRequest } from '../../http/contract.ts'
import { labApi } from '../lab/lab-api.ts'
import { openLab, type Lab } from '../lab/lab.ts'
import { SCENARIOS } from '../lab/scenarios/index.ts'
import type { ServeFlags } from './serve-flags.ts'
import type { ServeSubject } from './subject.ts'

/** A simulated cluster as what is patrolled. @throws {KubepatrolError} KP_NO_SUCH_SCENARIO */
export function labSubject(id: string, flags: Pick<ServeFlags, 'interval' | 'speed'>): ServeSubject {
  const lab = openLab(id, Math.floor(Date.now() / 1000) * 1000, flags.speed)
  if (!lab) {
    throw coded('KP_NO_SUCH_SCENARIO', {
      scenario: id,
      scenarios: SCENARIOS.map((scenario) => scenario.id).join(', '),
    })
  }
  const api = labApi(() => lab.world())
  let begin: (id: string) => void = () => {}
  const restart = new Promise<string>((resolve) => (begin = resolve))
  return {
    source: clusterSource(api, listedObjects(api)),
    clock: (signal) => lab.rounds(flags.interval, signal),
    shown: () => ({
      subject: { mode: 'lab', subject: lab.scenario().id },
      lab: { document: () => labDocument(lab), control: (request) => control(lab, request, begin) },
    }),
    intro: message('serve.lab', { scenario: id, speed: lab.speed() }),
    next: restart.then((wanted) => labSubject(wanted, { interval: flags.interval, speed: undefined })),
    close: () => api.close(),
  }
}

function labDocument(lab: Lab): LabDocument {
  const { startsAt } = lab.world()
  const { id, seconds } = lab.scenario()
  return {
    scenario: id,
    scenarios: SCENARIOS.map((scenario) => ({ id: scenario.id, summary: scenario.summary })),
    startsAt: formatInstant(startsAt),
    endsAt: formatInstant(startsAt + seconds * 1000),
    speed: lab.speed(),
    isPaused: lab.isPaused(),
  }
}

function control(lab: Lab, { scenario, speed, isPaused }: LabRequest, begin: (id: string) => void): boolean {
  if (scenario !== undefined && !SCENARIOS.some(({ id }) => id === scenario)) return false
  if (speed !== undefined) lab.setSpeed(speed)
  if (isPaused !== undefined) lab.setPaused(isPaused)
  if (scenario !== undefined) begin(scenario)
  return true
}
