import { defaultPullPolicy } from '../../../core/kubelet/image-pull/image-reference.ts'
import { recordOf } from '../store/kubernetes-object.ts'

type Fields = Readonly<Record<string, unknown>>

/** What is filled in wherever pods are described: in a pod, and in the template of one. */
export function withTemplateDefaults(spec: Fields): Fields {
  return {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
    ...spec,
    ...containers(spec, 'containers'),
    ...containers(spec, 'initContainers'),
    ...volumes(spec),
  }
}

/** What is filled in of a pod alone, by the API server and by its admission. */
export function withPodDefaults(spec: Fields): Fields {
  const account = spec['serviceAccountName'] ?? spec['serviceAccount'] ?? 'default'
  return {
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: PRIORITIES[String(spec['priorityClassName'])] ?? 0,
    ...withTemplateDefaults(spec),
    tolerations: tolerationsOf(spec),
    serviceAccountName: account,
    serviceAccount: account,
  }
}

const PRIORITIES: Readonly<Partial<Record<string, number>>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
}

/** As the admission plugin `DefaultTolerationSeconds` has it. */
function tolerationsOf({ tolerations }: Fields): unknown[] {
  const own = Array.isArray(tolerations) ? tolerations.map(recordOf) : []
  const isTolerated = (wanted: string) =>
    own.some(
      ({ key, effect }) =>
        (key === wanted || key === undefined || key === '') &&
        (effect === 'NoExecute' || effect === undefined || effect === ''),
    )
  const added = [NOT_READY, UNREACHABLE].filter((key) => !isTolerated(key))
  return [...own, ...added.map(toleration)]
}

const NOT_READY = 'node.kubernetes.io/not-ready'
const UNREACHABLE = 'node.kubernetes.io/unreachable'
const toleration = (key: string) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })

function containers(spec: Fields, field: string): Fields {
  const { [field]: listed } = spec
  if (!Array.isArray(listed)) return {}
  return { [field]: listed.map((container) => withContainerDefaults(recordOf(container))) }
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe']
const PROBE_DEFAULTS = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }

function withProbeDefaults(probe: Fields): Fields {
  const { httpGet } = probe
  return {
    ...PROBE_DEFAULTS,
    ...probe,
    ...(httpGet !== undefined && { httpGet: { path: '/', scheme: 'HTTP', ...recordOf(httpGet) } }),
  }
}

function withVariableDefaults(variable: Fields): Fields {
  const { fieldRef, ...source } = recordOf(variable['valueFrom'])
  if (fieldRef === undefined) return variable
  return { ...variable, valueFrom: { ...source, fieldRef: { apiVersion: 'v1', ...recordOf(fieldRef) } } }
}

function withContainerDefaults(container: Fields): Fields {
  const { image, ports, env } = container
  const probes = PROBES.filter((probe) => container[probe] !== undefined)
  return {
    ...(typeof image === 'string' && { imagePullPolicy: defaultPullPolicy(image) }),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...container,
    ...(Array.isArray(ports) && { ports: ports.map((port) => ({ protocol: 'TCP', ...recordOf(port) })) }),
    ...(Array.isArray(env) && { env: env.map((one) => withVariableDefaults(recordOf(one))) }),
    ...(container['resources'] !== undefined && {
      resources: withRequests(recordOf(container['resources'])),
    }),
    ...Object.fromEntries(probes.map((probe) => [probe, withProbeDefaults(recordOf(container[probe]))])),
  }
}

/** What is limited and not asked for is asked for as far as the limit. */
function withRequests(resources: Fields): Fields {
  const limits = recordOf(resources['limits'])
  if (Object.keys(limits).length === 0) return resources
  return { ...resources, requests: { ...limits, ...recordOf(resources['requests']) } }
}

/** Sources of files, which are made for everybody to read. */
const FILE_SOURCES = ['configMap', 'secret', 'downwardAPI', 'projected']
const FILE_MODE = 0o644

function volumes({ volumes: listed }: Fields): Fields {
  if (!Array.isArray(listed)) return {}
  const complete = listed.map(recordOf).map((volume) => {
    const source = FILE_SOURCES.find((one) => volume[one] !== undefined)
    if (source !== undefined) {
      return { ...volume, [source]: { defaultMode: FILE_MODE, ...recordOf(volume[source]) } }
    }
    const { hostPath } = volume
    return hostPath === undefined ? volume : { ...volume, hostPath: { type: '', ...recordOf(hostPath) } }
  })
  return { volumes: complete }
}

const COMPUTE = ['cpu', 'memory']

/** `GetPodQOS`: by what the containers ask for of cpu and memory, and what they are limited to. */
export function qosClassOf(spec: Fields): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const listed = ['initContainers', 'containers'].flatMap((field) => {
    const { [field]: own } = spec
    return Array.isArray(own) ? own.map(recordOf) : []
  })
  const amounts = listed.map(({ resources }) => {
    const { requests, limits } = withRequests(recordOf(resources))
    return { requests: recordOf(requests), limits: recordOf(limits) }
  })
  const asks = amounts.some(({ requests, limits }) =>
    COMPUTE.some((one) => requests[one] !== undefined || limits[one] !== undefined),
  )
  if (!asks) return 'BestEffort'
  const isGuaranteed = amounts.every(({ requests, limits }) =>
    COMPUTE.every((one) => limits[one] !== undefined && requests[one] === limits[one]),
  )
  return isGuaranteed ? 'Guaranteed' : 'Burstable'
}
