import { filesystemLayout } from '../../../../core/kubelet/eviction/layout.ts'
import { logRotationSettings } from '../../../../core/kubelet/log-rotation/rotation-settings.ts'
import { simulatedKubelet } from '../../../../core/forecast/simulation/simulated-kubelet.ts'
import { KubeletConfiguration } from '../../../../core/kubernetes/kubelet-configuration.ts'
import { parseQuantity } from '../../../../core/units/quantity.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { Agenda } from '../agenda.ts'
import type { Chance } from '../chance.ts'
import type { EventRecorder } from '../event-recorder.ts'
import type { LabObjects, ObjectChange } from '../lab-objects.ts'
import { fullName, isEnded, type PodObject, type PodStatus } from '../objects.ts'
import { createContainerLife } from './container-life.ts'
import { linesOf, type LogLine } from './container-log.ts'
import { effectiveConfiguration, metricsText, summaryOf } from './kubelet-answers.ts'
import { createKubeletLog, type KubeletLog } from './kubelet-log.ts'
import { createKubeletLoops } from './kubelet-loops.ts'
import type { LoopEffects } from './loop-effects.ts'
import { fullDiskWatch } from './full-disk-watch.ts'
import { kubeletWords } from './kubelet-words.ts'
import { makeNode } from './make-node.ts'
import { nodeHands, type NodeHands } from './node-hands.ts'
import { nodeLease, nodeObject, statusImages } from './node-object.ts'
import { createNodeReporter } from './node-reporter.ts'
import type { NodePlan, PodOnNode, Registry } from './node-state.ts'
import { careForOrphans } from './orphan-care.ts'
import { createPodEnding } from './pod-ending.ts'
import { createPodWorkers } from './pod-worker.ts'
import type { WorkerParts } from './worker-parts.ts'
import { createVolumeMounts } from './volume-mounts.ts'

/** A simulated node with its kubelet. */
export interface LabKubelet {
  readonly name: string
  podChanged(change: ObjectChange): void
  log: KubeletLog
  summary(): unknown
  configz(): unknown
  metrics(): string
  /** The lines of a container; undefined when there is no such container any more. */
  containerLog(
    uid: string,
    asked: ContainerLogQuery,
  ): { lines: readonly LogLine[]; isOver: boolean } | undefined
  /** What somebody with a shell on the node does to it. */
  hands: NodeHands
}

/** Which lines of a container's log are wanted. */
export interface ContainerLogQuery {
  container: string
  /** Of its instance before the one that runs, or that ended last. */
  previous: boolean
  after: Instant
  most: number
}

/** What a kubelet of the lab works with. */
export interface KubeletParts {
  plan: NodePlan
  /** Of the node in its cluster, from 0. */
  index: number
  registry: Registry
  agenda: Agenda
  chance: Chance
  objects: LabObjects
  events: EventRecorder
  hasHeartbeat: boolean
}

/** Makes a node, registers it, and starts its kubelet. @throws {TypeError} for a plan without a readable version */
export function startKubelet(parts: KubeletParts): LabKubelet {
  const { plan, agenda, chance, objects, events } = parts
  const begunAt = agenda.now()
  const startedAt = begunAt - 1000 * (plan.upSeconds ?? 3600)
  const node = makeNode(plan, parts.index, begunAt)
  const { version } = node
  const isSingle = node.disk === node.imageDisk
  const configured = effectiveConfiguration(plan.configuration ?? {}, version)
  const configuration = KubeletConfiguration.parse(configured)
  const kubelet = simulatedKubelet(configuration, {
    version,
    startedAt,
    layout: filesystemLayout({ nodefs: 'a', imagefs: isSingle ? 'a' : 'b' }, version),
    sandboxImage: plan.sandboxImageFlag,
  })
  const rotation = logRotationSettings(
    {
      maxSizeBytes: parseQuantity(configuration.containerLogMaxSize) ?? 10 * 2 ** 20,
      maxFiles: configuration.containerLogMaxFiles,
    },
    version,
  )
  const log = createKubeletLog(1000 + Math.floor(chance.share() * 30_000))
  const words = kubeletWords(version)
  const source = { component: 'kubelet', host: plan.name }
  const uid = chance.uid()
  const registered = nodeObject(plan, uid, node.addresses, startedAt)
  const evictions = new Map<string, number>()
  let imagesRemoved = 0

  const podEvent: WorkerParts['podEvent'] = (pod, type, reason, message, { container, annotations } = {}) =>
    events.record(pod.object, type, reason, message, source, {
      annotations,
      ...(container !== undefined && { fieldPath: `spec.containers{${container}}` }),
    })
  const reportStatus = (pod: PodOnNode, status: PodStatus) => {
    const object = objects.get('pods', pod.namespace, pod.name)
    if (object?.metadata.uid !== pod.uid) return
    pod.object = { ...object, status }
    objects.update('pods', pod.object)
  }
  const report = () => reporter.changed(loops.hasDiskPressure())
  const watchFull = fullDiskWatch(node, agenda, (what) => change(what))

  function change(what: () => void): void {
    loops.settle()
    what()
    watchFull()
    loops.resume()
  }

  const reporter = createNodeReporter({
    node,
    agenda,
    objects,
    events,
    log,
    words,
    startedAt,
    hasHeartbeat: parts.hasHeartbeat,
  })
  const effects: LoopEffects = {
    removeImage(id) {
      node.images.remove(id, agenda.now())
      imagesRemoved++
      report()
    },
    removeContainer(id) {
      for (const pod of node.pods.values()) {
        const container = pod.containers.find((one) => one.id === id)
        if (container) life.remove(pod, container)
      }
      watchFull()
    },
    evict(pod, because) {
      const signal =
        because.kind === 'pressure' ? because.threshold.signal : LIMIT_LABEL[because.exceeded.kind]
      evictions.set(signal, (evictions.get(signal) ?? 0) + 1)
      ending.evict(pod, because)
    },
    refuse: (pod) => ending.refuse(pod),
    nodeEvent: (type, reason, message) => events.record(registered, type, reason, message, source),
    pressureChanged: report,
  }
  const loops = createKubeletLoops({ node, kubelet, agenda, chance, log, words, effects })
  const life = createContainerLife({
    node,
    agenda,
    chance,
    rotation:
      'settings' in rotation
        ? rotation.settings
        : { maxSizeBytes: -1, maxFiles: 2, workers: 1, monitorInterval: 10_000 },
    startedAt,
    change,
    onRotationFailure: ({ id }, error) =>
      log.write(agenda.now(), words.rotationFailed('/var/log/pods', id, error)),
  })
  const shared = { node, agenda, objects, log, words, change, podEvent, reportStatus }
  const volumes = createVolumeMounts(shared)
  const workers = createPodWorkers({ ...shared, registry: parts.registry, chance, life, volumes })
  const ending = createPodEnding({ ...shared, life, volumes, workers })
  const lookForOrphans = careForOrphans(node, agenda, log, words)

  function bind(object: PodObject): void {
    const pod: PodOnNode = {
      uid: object.metadata.uid ?? fullName(object),
      namespace: object.metadata.namespace ?? 'default',
      name: object.metadata.name,
      object,
      boundAt: loops.nextArrivalAt(),
      sandbox: undefined,
      containers: [],
      restarts: new Map(),
      volumes: new Map(),
      state: 'arriving',
      evictedAt: undefined,
      isInApi: true,
      stop: [],
    }
    if (node.pods.has(pod.uid)) return
    change(() => node.pods.set(pod.uid, pod))
    agenda.at(pod.boundAt, () => {
      loops.run()
      if (pod.state === 'arriving') workers.begin(pod)
    })
  }

  objects.create('nodes', {
    ...registered,
    status: { ...registered.status, images: statusImages(node.images) },
  })
  objects.create('leases', nodeLease(plan.name, begunAt))
  if (plan.isManifestsPathMissing === true) {
    const path = String(configured['staticPodPath'])
    log.repeat({ from: startedAt, everyMs: 1000, line: words.manifestsMissing(path) })
  }
  lookForOrphans()
  loops.run()
  watchFull()

  return {
    name: plan.name,
    log,
    podChanged({ type, object }) {
      const pod = node.pods.get(object.metadata.uid ?? '')
      if (!pod) {
        if (type !== 'DELETED' && !isEnded(object as PodObject)) bind(object as PodObject)
        return
      }
      pod.object = object as PodObject
      if (type === 'DELETED') pod.isInApi = false
      if (type === 'DELETED' || object.metadata.deletionTimestamp !== undefined) ending.deleted(pod)
    },
    summary: () => summaryOf(node, agenda.now()),
    configz: () => ({ kubeletconfig: configured }),
    metrics: () => metricsText(kubelet, evictions, imagesRemoved),
    containerLog(podUid, { container: name, previous, after, most }) {
      const pod = node.pods.get(podUid)
      const own = pod?.containers.filter((one) => one.name === name) ?? []
      const container = previous ? own.findLast(({ isRunning }) => !isRunning) : own.at(-1)
      if (!pod || !container) return undefined
      const lines = linesOf(node, pod.name, container, { after, now: agenda.now(), most })
      return { lines, isOver: !container.isRunning }
    },
    hands: nodeHands({ node, agenda, change, report, lookForOrphans }),
  }
}

/** As the kubelet's counter of evictions names them (semantics §3.8). */
const LIMIT_LABEL = {
  'empty-dir': 'emptydirfs.limit',
  pod: 'ephemeralpodfs.limit',
  container: 'ephemeralcontainerfs.limit',
} as const
