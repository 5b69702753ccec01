import fc from 'fast-check'
import type { z } from 'zod'
import { Node } from '../../src/core/kubernetes/node.ts'
import { PersistentVolumeClaim } from '../../src/core/kubernetes/persistent-volume-claim.ts'
import { PersistentVolume } from '../../src/core/kubernetes/persistent-volume.ts'
import { Pod } from '../../src/core/kubernetes/pod.ts'
import { StatefulSet } from '../../src/core/kubernetes/stateful-set.ts'
import { StorageClass } from '../../src/core/kubernetes/storage-class.ts'
import { VolumeAttachment } from '../../src/core/kubernetes/volume-attachment.ts'
import type { Observation } from '../../src/core/observe/observation.ts'
import { hostileNode } from './hostile-observation.ts'

/** Names that meet each other, and some that nobody should have. */
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('n1', 'es-0', 'data-es-0', 'pv-1', 'log', 'es', 'data') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '__proto__',
      'constructor',
      '\u001b[2J`rm -rf /`\n\u202e',
      "'; reboot; '",
      '@all <!channel> </script>',
      'x'.repeat(5000),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 12 }).filter((text) => !/NaN|Infinity|undefined/.test(text)),
  },
)
const time = fc.constantFrom(
  '1970-01-01T00:00:00Z',
  '1969-01-01T00:00:00Z',
  '2999-01-01T00:00:00Z',
  'soon',
  '',
)
const some = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape, { requiredKeys: [] })
const list = (item: fc.Arbitrary<unknown>) => fc.array(item, { maxLength: 4 })
const quantity = fc.constantFrom('1', '100m', '1Gi', 'many', '-1', '9e99', 0, 1e300)
const quantities = fc.dictionary(
  fc.constantFrom('cpu', 'memory', 'ephemeral-storage', 'pods', 'storage'),
  quantity,
)
const metadata = fc.record(
  {
    name,
    namespace: fc.constantFrom('log', 'default', '\u001b[31m'),
    uid: name,
    creationTimestamp: time,
    deletionTimestamp: time,
    finalizers: list(
      fc.oneof(
        name,
        fc.constantFrom('kubernetes.io/pvc-protection', 'kubernetes.io/pv-protection', 'external-attacher/x'),
      ),
    ),
    labels: fc.dictionary(name, name),
    ownerReferences: list(fc.record({ kind: name, name, uid: name })),
    annotations: fc.dictionary(
      fc.constantFrom('kubernetes.io/config.mirror', 'pv.kubernetes.io/bind-completed'),
      name,
    ),
  },
  { requiredKeys: ['name'] },
)
const requirement = fc.record({
  key: name,
  operator: fc.constantFrom('In', 'Exists', 'Gt', '?'),
  values: list(name),
})
const terms = fc.record({ nodeSelectorTerms: list(some({ matchExpressions: list(requirement) })) })
const image = fc.oneof(
  name,
  fc.constantFrom('lab.local/web:1', 'nginx', '<none>@<none>', `a@sha256:${'a'.repeat(64)}`),
)
const state = some({
  waiting: some({
    reason: fc.constantFrom(
      'ErrImagePull',
      'ImagePullBackOff',
      'ErrImageNeverPull',
      'CreateContainerError',
      'Odd',
    ),
    message: fc.oneof(name, fc.constantFrom('i/o timeout', 'no space left on device')),
  }),
  running: some({ startedAt: time }),
})
const pod = fc.record({
  metadata,
  spec: some({
    nodeName: fc.constantFrom('n1', 'n2', ''),
    containers: list(
      fc.record(
        {
          name: fc.constantFrom('c', 'etcd'),
          image,
          imagePullPolicy: fc.constantFrom('Always', 'Never', 'IfNotPresent', 'Odd'),
          resources: some({ requests: quantities, limits: quantities }),
        },
        { requiredKeys: ['name'] },
      ),
    ),
    volumes: list(
      fc.record(
        {
          name,
          persistentVolumeClaim: fc.record({ claimName: name }),
          hostPath: fc.record({ path: fc.oneof(name, fc.constantFrom('/srv', '/var/lib/etcd')) }),
          emptyDir: some({ medium: fc.constantFrom('', 'Memory'), sizeLimit: quantity }),
          ephemeral: fc.constant({}),
        },
        { requiredKeys: ['name'] },
      ),
    ),
    nodeSelector: fc.dictionary(name, name),
    affinity: some({ nodeAffinity: some({ requiredDuringSchedulingIgnoredDuringExecution: terms }) }),
    tolerations: list(some({ key: name, operator: name, effect: name })),
    schedulerName: name,
  }),
  status: some({
    phase: fc.constantFrom('Pending', 'Running', 'Failed', 'Succeeded', 'Odd'),
    reason: fc.constantFrom('Evicted', 'Odd'),
    containerStatuses: list(
      fc.record({ name: fc.constant('c'), image, imageID: image, state }, { requiredKeys: ['name'] }),
    ),
  }),
})
const condition = fc.record(
  {
    type: fc.constantFrom('Ready', 'DiskPressure'),
    status: fc.constantFrom('True', 'False', 'Unknown', 'Odd'),
    message: name,
    lastTransitionTime: time,
  },
  { requiredKeys: ['type', 'status'] },
)
const taint = fc.record({
  key: fc.oneof(name, fc.constant('node.kubernetes.io/disk-pressure')),
  effect: fc.constantFrom('NoSchedule', 'NoExecute', 'Odd\u0007'),
})
const node = fc.record({
  metadata,
  spec: some({ unschedulable: fc.boolean(), taints: list(taint) }),
  status: some({
    conditions: list(condition),
    allocatable: quantities,
    images: list(some({ names: list(image), sizeBytes: fc.nat() })),
  }),
})
const phase = fc.constantFrom('Bound', 'Pending', 'Lost', 'Released', 'Failed', 'Odd')
const claim = fc.record({
  metadata,
  spec: some({ volumeName: name, storageClassName: name, resources: some({ requests: quantities }) }),
  status: some({ phase }),
})
const volume = fc.record({
  metadata,
  spec: some({
    claimRef: fc.record({ namespace: fc.constant('log'), name, uid: name }),
    local: fc.record({ path: name }),
    persistentVolumeReclaimPolicy: fc.constantFrom('Delete', 'Retain', 'Odd'),
    nodeAffinity: some({ required: terms }),
    capacity: quantities,
  }),
  status: some({ phase }),
})
const attachment = fc.record({
  metadata,
  spec: fc.record({ attacher: name, nodeName: name, source: some({ persistentVolumeName: name }) }),
  status: some({
    attached: fc.boolean(),
    attachError: some({ message: name }),
    detachError: some({ message: name }),
  }),
})
const set = fc.record({
  metadata,
  spec: some({ volumeClaimTemplates: list(fc.record({ metadata: fc.record({ name }) })) }),
})

/** Objects as they came through their schema; what it refuses was never seen. */
function part<T>(schema: z.ZodType<T>, object: fc.Arbitrary<unknown>) {
  return fc.array(object, { maxLength: 5 }).map((objects) => ({
    value: objects.flatMap((one) => {
      const parsed = schema.safeParse(one)
      return parsed.success ? parsed.data : []
    }),
    source: 'test',
    observedAt: 0,
  }))
}

/** What could be observed of a cluster whose objects nobody has checked; any part may be absent. */
export const hostileCluster: fc.Arbitrary<Observation> = fc
  .record({
    cluster: fc.record(
      {
        pods: part(Pod, pod),
        nodes: part(Node, node),
        persistentVolumeClaims: part(PersistentVolumeClaim, claim),
        persistentVolumes: part(PersistentVolume, volume),
        volumeAttachments: part(VolumeAttachment, attachment),
        statefulSets: part(StatefulSet, set),
        storageClasses: part(
          StorageClass,
          fc.record({
            metadata,
            provisioner: name,
            volumeBindingMode: fc.constantFrom('WaitForFirstConsumer', 'Immediate'),
          }),
        ),
      },
      { requiredKeys: [] },
    ),
    nodes: fc.array(hostileNode, { maxLength: 1 }),
    gaps: fc.array(
      fc.record(
        {
          part: fc.constantFrom('pods', 'persistentvolumes', 'agent'),
          why: fc.constantFrom('garbled' as const, 'forbidden' as const),
          detail: name,
          node: name,
        },
        { requiredKeys: ['part', 'why', 'detail'] },
      ),
      { maxLength: 2 },
    ),
  })
  .map((observed) => ({ observedAt: 600_000, ...observed }))
