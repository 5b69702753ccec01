import type { Scenario } from '../scenario.ts'
import type { Image } from '../world/node/image-store.ts'
import { localClass, localVolume, MIB, NO_WAY_OUT, pod, workload } from './building.ts'

/** As the recording has them: id and size of what was loaded by hand, in this order. */
const IMAGES: readonly [name: string, id: string, sizeBytes: number, loadedAtSeconds: number][] = [
  ['app1:1.0', '2ec3ca4c495248bba3a3c6440f3ff8d67ca85b15e372a30eebf49619af273ca9', 43_940_618, 2.8],
  ['app2:1.0', '4fd657d04309a7a88b8edba27ad92b571e8ccb5c4d14f7ccdef6e589c71a2915', 85_883_658, 3.3],
  ['app3:1.0', 'b1d72ca35f4df621cb468b0900f7a47e271f937ac4822d2169f3e6565c9007e1', 127_826_699, 4.1],
  ['app4:1.0', 'c83e881e11753be3f765530f1e0a397645bda5d6f527c36ca4c45467b7bd8096', 169_769_739, 5.2],
  ['app5:1.0', 'b15077fbcdf489aca89321f6e7ba9e777ce290e8bb0335d0acd4f9bd157b2fd9', 211_712_779, 6.5],
  ['app6:1.0', 'd943be7cb080aaf395e11088a461ca2655db6ca2c664681ff6647826c6d815a4', 253_655_819, 9.3],
  ['busybox:1.35', '640dcfaa82091831cec1efaa554e0ee39c3b5554f3e05d427868cb70c272c5b1', 3_973_883, 13.2],
  ['pause:3.2', 'd27a976b4d1e7978e0661f242737446cacfbb2bf4f9a9c8f9c782212ba79672b', 768_750, 13.4],
]

const loaded = IMAGES.map(([name, id, sizeBytes, atSeconds]) => {
  const layer = { digest: name, compressedBytes: sizeBytes, unpackedBytes: sizeBytes + 25_000 }
  const image: Image = { id: `sha256:${id}`, names: [`lab.local/${name}`], layers: [layer] }
  return { image, atSeconds }
})

const APPLIED_AT = 13.5
const PATH = '/mnt/node/pv/es-0'

/** The recording `incident`, on a simulated node: what a real kubelet of 1.20 did, this one has to do. */
export const evictedForItsLog: Scenario = {
  id: 'evicted-for-its-log',
  summary: {
    en: 'A volume fills the disk within seconds; the kubelet evicts the pod for its log, and deletes the pause image.',
    'zh-CN': '数据卷在几秒内写满磁盘；kubelet 因容器日志驱逐 Pod，并删除 pause 镜像。',
  },
  kubernetesVersion: 'v1.20.2',
  namespaces: ['default', 'kube-system', 'log'],
  registry: { images: [], failure: NO_WAY_OUT, milliseconds: 5 },
  nodes: [
    {
      name: 'lab-node',
      kubeletVersion: 'v1.20.2',
      runtime: 'containerd://1.6.20',
      disk: { capacityBytes: 3_094_126_592, inodes: 196_608, reservedBytes: 16_777_216 },
      otherBytes: 34_700_000,
      otherInodes: 15,
      directories: { [PATH]: 4096 },
      images: [],
      sandboxImage: 'lab.local/pause:3.2',
      sandboxImageFlag: 'k8s.gcr.io/pause:3.2',
      configuration: {
        staticPodPath: '/mnt/node/manifests',
        imageMinimumGCAge: '30s',
        evictionHard: {
          'imagefs.available': '12%',
          'memory.available': '100Mi',
          'nodefs.available': '10%',
          'nodefs.inodesFree': '5%',
        },
        evictionPressureTransitionPeriod: '30s',
        containerLogMaxSize: '100Mi',
      },
      isManifestsPathMissing: true,
      cpu: '2',
      upSeconds: 0,
    },
  ],
  objects: [
    localClass('local'),
    localVolume('pv-es-0', 'lab-node', PATH, { size: '1Gi', storageClassName: 'local' }),
  ],
  acts: [
    ...loaded.map(({ image, atSeconds }) => ({
      atSeconds,
      what: ({ node }: Parameters<NonNullable<Scenario['acts']>[number]['what']>[0]) =>
        node('lab-node')?.loadImage(image),
    })),
    {
      atSeconds: APPLIED_AT,
      what({ objects }) {
        for (const name of ['app1', 'app2']) {
          const { resource, object } = pod({
            name,
            image: `lab.local/${name}:1.0`,
            spec: { hostNetwork: true },
          })
          objects.create(resource, object)
        }
        const { resource, object } = workload('StatefulSet', {
          namespace: 'log',
          name: 'es',
          image: 'lab.local/busybox:1.35',
          storage: { storageClassName: 'local', size: '1Gi' },
          writes: [{ to: 'log', bytesPerSecond: 19_000_000 }],
          spec: { terminationGracePeriodSeconds: 5 },
        })
        objects.create(resource, object)
      },
    },
    { atSeconds: 59, what: ({ node }) => node('lab-node')?.grow(PATH, (620 * MIB) / 2.7) },
    { atSeconds: 61.7, what: ({ node }) => node('lab-node')?.grow(PATH, 0) },
  ],
  seconds: 300,
  speed: 8,
}
