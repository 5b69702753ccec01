import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { seededRandom } from '../forecast/random.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const PIECE = 1024 * 1024
const ONE_RELEVANT_IN = 200

type Draw = () => number
type Line = (draw: Draw) => readonly [file: string, message: string]

const whole = (draw: Draw, below: number) => Math.floor(draw() * below)
const hex = (draw: Draw, digits: number) =>
  Array.from({ length: Math.ceil(digits / 8) }, () =>
    whole(draw, 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  )
    .join('')
    .slice(0, digits)
const uid = (draw: Draw) => `${hex(draw, 8)}-${hex(draw, 4)}-${hex(draw, 4)}-${hex(draw, 4)}-${hex(draw, 12)}`
const pod = (draw: Draw) => `app-${whole(draw, 40)}-${hex(draw, 5)}`

/** What a kubelet says all day. */
const ORDINARY: readonly Line[] = [
  (draw) => [
    'kubelet.go:1953',
    `SyncLoop (PLEG): "${pod(draw)}_shop(${uid(draw)})", event: &pleg.PodLifecycleEvent{ID:"${uid(draw)}", Type:"ContainerStarted", Data:"${hex(draw, 64)}"}`,
  ],
  (draw) => [
    'prober.go:111',
    `Readiness probe for "${pod(draw)}_shop(${uid(draw)}):web" succeeded in ${whole(draw, 900)}ms`,
  ],
  (draw) => [
    'reconciler.go:207',
    `operationExecutor.VerifyControllerAttachedVolume started for volume "token-${hex(draw, 5)}" (UniqueName: "kubernetes.io/secret/${uid(draw)}-token") pod "${pod(draw)}" (UID: "${uid(draw)}")`,
  ],
  (draw) => [
    'operation_generator.go:629',
    `MountVolume.SetUp succeeded for volume "config-${hex(draw, 5)}" (UniqueName: "kubernetes.io/configmap/${uid(draw)}-config") pod "${pod(draw)}" (UID: "${uid(draw)}")`,
  ],
  (draw) => [
    'kubelet_getters.go:172',
    `status for pod ${pod(draw)} updated to {Running [{Initialized True 0001-01-01 00:00:00 +0000 UTC  }] version ${whole(draw, 1e9)}}`,
  ],
  (draw) => [
    'setters.go:73',
    `Using node IP: "10.${whole(draw, 256)}.${whole(draw, 256)}.${whole(draw, 256)}"`,
  ],
  (draw) => [
    'helpers.go:781',
    `observations: signal=nodefs.available, available: ${whole(draw, 1e8)}Ki, capacity: 103079844Ki`,
  ],
  (draw) => [
    'http.go:105',
    `GET /metrics/cadvisor: (${whole(draw, 900)}.${whole(draw, 900)}ms) 200 [Prometheus/2.15.2 10.244.${whole(draw, 256)}.${whole(draw, 256)}:${whole(draw, 65_536)}]`,
  ],
]

/** What explains something; 0.5 % of the lines. */
const RELEVANT: readonly Line[] = [
  (draw) => [
    'image_gc_manager.go:300',
    `[imageGCManager]: Disk usage on image filesystem is at ${86 + whole(draw, 10)}% which is over the high threshold (85%). Trying to free ${whole(draw, 1e11)} bytes down to the low threshold (80%).`,
  ],
  (draw) => [
    'image_gc_manager.go:371',
    `[imageGCManager]: Removing image "sha256:${hex(draw, 64)}" to free ${whole(draw, 1e9)} bytes`,
  ],
  (draw) => [
    'eviction_manager.go:576',
    `eviction manager: pod ${pod(draw)}_shop(${uid(draw)}) failed to evict timeout waiting to kill pod`,
  ],
  (draw) => [
    'remote_image.go:113',
    `PullImage "k8s.gcr.io/app-${whole(draw, 40)}:v1.${whole(draw, 99)}" from image service failed: rpc error: code = Unknown desc = Error response from daemon: Get https://k8s.gcr.io/v2/: dial tcp 74.125.204.82:443: connect: connection timed out`,
  ],
  (draw) => [
    'kubelet_volumes.go:154',
    `Orphaned pod "${uid(draw)}" found, but volume paths are still present on disk : There were a total of ${whole(draw, 9)} errors similar to this. Turn up verbosity to see them.`,
  ],
  () => [
    'file_linux.go:61',
    'Unable to read config path "/etc/kubernetes/manifests": path does not exist, ignoring',
  ],
  (draw) => [
    'pod_workers.go:190',
    `Error syncing pod ${uid(draw)} ("${pod(draw)}_shop(${uid(draw)})"), skipping: failed to "StartContainer" for "web" with ImagePullBackOff: "Back-off pulling image \\"k8s.gcr.io/app-${whole(draw, 40)}:v1\\""`,
  ],
  (draw) => [
    'eviction_manager.go:331',
    `eviction manager: attempting to reclaim ${draw() < 0.5 ? 'ephemeral-storage' : 'inodes'}`,
  ],
]

/** Pieces of a log such as rsyslog keeps of a node: dates rise, every line is another one. Ends after so many bytes. */
export function* madeUpLog(bytes: number, seed = 1): Generator<Buffer> {
  const { between } = seededRandom(seed)
  const draw = () => between(0, 1)
  let at = Date.UTC(2020, 10, 7)
  let piece: string[] = []
  let length = 0
  for (let written = 0; written < bytes;) {
    at += 1 + whole(draw, 80)
    const date = new Date(at)
    const clock = date.toISOString().slice(11, 23)
    const lines = whole(draw, ONE_RELEVANT_IN) === 0 ? RELEVANT : ORDINARY
    const [file = '', message = ''] = lines[whole(draw, lines.length)]?.(draw) ?? []
    const day = date.getUTCDate()
    const header = `${lines === RELEVANT ? 'E' : 'I'}${`${date.getUTCMonth() + 1}`.padStart(2, '0')}${`${day}`.padStart(2, '0')} ${clock}${`${whole(draw, 1000)}`.padStart(3, '0')}   13241 ${file}] `
    const line = `${MONTHS[date.getUTCMonth()]} ${`${day}`.padStart(2)} ${clock.slice(0, 8)} k8work2 kubelet: ${header}${message}\n`
    piece.push(line)
    length += line.length
    written += line.length
    if (length < PIECE && written < bytes) continue
    yield Buffer.from(piece.join(''), 'latin1')
    piece = []
    length = 0
  }
}

/** Writes such a log; it is never in memory as a whole. */
export async function writeMadeUpLog(file: string, bytes: number, seed = 1): Promise<void> {
  await pipeline(Readable.from(madeUpLog(bytes, seed)), createWriteStream(file))
}
