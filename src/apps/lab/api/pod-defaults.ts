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
  }
}

/** What is filled in of a pod alone, by the API server and by its admission. */
export function withPodDefaults(spec: Fields): Fields {
  const account = spec['serviceAccountName'] ?? spec['serviceAccount'] ?? 'default'
  return {
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: PRIORITIES[String(spec['priorityClassName'])] ?? 0,
    tolerations: [toleration('node.kubernetes.io/not-ready'), toleration('node.kubernetes.io/unreachable')],
    ...withTemplateDefaults(spec),
    serviceAccountName: account,
    serviceAccount: account,
  }
}

const PRIORITIES: Readonly<Partial<Record<string, number>>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
}

const toleration = (key: string) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })

function containers(spec: Fields, field: string): Fields {
  const { [field]: listed } = spec
  if (!Array.isArray(listed)) return {}
  return { [field]: listed.map((container) => withContainerDefaults(recordOf(container))) }
}

function withContainerDefaults(container: Fields): Fields {
  const { image } = container
  return {
    ...(typeof image === 'string' && { imagePullPolicy: defaultPullPolicy(image) }),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...container,
  }
}
