import type { KubeletVersion } from '../../../core/kubelet/kubelet-version.ts'
import { parseKubeletVersion } from '../../../core/kubelet/kubelet-version.ts'
import type { Instant } from '../../../core/units/instant.ts'
import { createAgenda, type Agenda } from './agenda.ts'
import { createChance } from './chance.ts'
import { runClaims } from './controllers/claims.ts'
import { runDaemonSets } from './controllers/daemon-sets.ts'
import { runNodeTaints } from './controllers/node-taints.ts'
import { runPodGarbage } from './controllers/pod-garbage.ts'
import { runReplicaSets } from './controllers/replica-sets.ts'
import { runScheduler } from './controllers/scheduler.ts'
import { runStatefulSets } from './controllers/stateful-sets.ts'
import { createEventRecorder } from './event-recorder.ts'
import { memoryObjects } from './memory-objects.ts'
import type { LabObjects } from './lab-objects.ts'
import { startKubelet, type LabKubelet } from './node/lab-kubelet.ts'
import type { PodObject } from './objects.ts'
import type { Scenario } from './scenario.ts'

/** A simulated cluster, from the beginning of its scenario on. */
export interface LabWorld {
  agenda: Agenda
  objects: LabObjects
  kubelets: ReadonlyMap<string, LabKubelet>
  startsAt: Instant
}

/** Within so long all pods of the beginning run. */
const START_MS = 10_000
/** A fleet of more nodes has no heartbeats: they would be most of what happens. */
const MOST_HEARTBEATS = 50

/** Makes the cluster of a scenario; nothing happens until its agenda runs. The same scenario does the same every time. */
export function createLabWorld(
  scenario: Scenario,
  startsAt: Instant,
  keep: typeof memoryObjects = memoryObjects,
): LabWorld {
  const agenda = createAgenda(startsAt)
  const chance = createChance(scenario.seed ?? 1)
  const objects = keep(agenda, chance)
  const events = createEventRecorder(
    objects,
    agenda,
    chance,
    scenario.isOld === true ? startsAt + START_MS : startsAt,
  )
  const kubelets = new Map<string, LabKubelet>()
  const plane = { objects, events, agenda, chance, version: versionOf(scenario.kubernetesVersion) }
  objects.onChange((change) => {
    if (change.resource !== 'pods') return
    const { nodeName } = (change.object as PodObject).spec
    if (nodeName !== undefined) kubelets.get(nodeName)?.podChanged(change)
  })
  runScheduler(plane)
  runStatefulSets(plane)
  runReplicaSets(plane)
  runDaemonSets(plane)
  runClaims(plane)
  runNodeTaints(plane)
  runPodGarbage(plane)
  for (const name of scenario.namespaces ?? ['default']) {
    objects.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      status: { phase: 'Active' },
    })
  }
  const hasHeartbeat = scenario.nodes.length <= MOST_HEARTBEATS
  for (const [index, plan] of scenario.nodes.entries()) {
    kubelets.set(
      plan.name,
      startKubelet({
        plan,
        index,
        registry: scenario.registry,
        agenda,
        chance,
        objects,
        events,
        hasHeartbeat,
      }),
    )
  }
  for (const { resource, object } of scenario.objects) objects.create(resource, object)
  for (const { atSeconds, what } of scenario.acts ?? []) {
    agenda.at(startsAt + atSeconds * 1000, () => what({ objects, node: (name) => kubelets.get(name)?.hands }))
  }
  return { agenda, objects, kubelets, startsAt }
}

function versionOf(text: string): KubeletVersion {
  const version = parseKubeletVersion(text)
  if (!version) throw new TypeError(`no version of Kubernetes: ${text}`)
  return version
}
