import { watchedObjects } from '../../adapters/observe/cluster/cluster-objects.ts'
import { clusterSource } from '../../adapters/observe/cluster/cluster-source.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { message } from '../../core/messages/message.ts'
import { formatInstant } from '../../core/units/instant.ts'
import type { LabDocument, LabRequest } from '../../http/contract.ts'
import { openLab, type Lab } from '../lab/lab.ts'
import { SCENARIOS } from '../lab/scenarios/index.ts'
import { openCluster } from '../open-cluster.ts'
import { keepKubeconfig } from './lab-kubeconfig.ts'
import type { ServeFlags } from './serve-flags.ts'
import type { ServeSubject } from './subject.ts'

/** A simulated cluster as what is patrolled: over its API, like any other. @throws {KubepatrolError} KP_NO_SUCH_SCENARIO */
export async function labSubject(
  id: string,
  flags: Pick<ServeFlags, 'interval' | 'speed'>,
): Promise<ServeSubject> {
  const lab = await openLab(id, Math.floor(Date.now() / 1000) * 1000, flags.speed)
  if (!lab) {
    throw coded('KP_NO_SUCH_SCENARIO', {
      scenario: id,
      scenarios: SCENARIOS.map((scenario) => scenario.id).join(', '),
    })
  }
  const kubeconfig = await keepKubeconfig(lab.kubeconfig)
  const end = async () => {
    await lab.close()
    await kubeconfig.remove()
  }
  const { api } = await openCluster({ kubeconfig: kubeconfig.file }).catch(async (failure: unknown) => {
    await end()
    throw failure
  })
  const objects = watchedObjects(api)
  let begin: (id: string) => void = () => {}
  const restart = new Promise<string>((resolve) => (begin = resolve))
  return {
    source: clusterSource(api, objects),
    clock: (signal) => lab.rounds(flags.interval, signal),
    shown: () => ({
      subject: { mode: 'lab', subject: id },
      lab: { document: () => labDocument(lab), control: (request) => control(lab, request, begin) },
    }),
    intro: [message('serve.lab', { scenario: id, speed: lab.speed(), kubeconfig: kubeconfig.file })],
    // The same again keeps the speed that was chosen; another begins at its own.
    next: restart.then((wanted) =>
      labSubject(wanted, { interval: flags.interval, speed: wanted === id ? lab.speed() : undefined }),
    ),
    async close() {
      objects.stop()
      await api.close()
      await end()
    },
  }
}

function labDocument(lab: Lab): LabDocument {
  const { startsAt } = lab.world
  const { id, seconds } = lab.scenario
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
