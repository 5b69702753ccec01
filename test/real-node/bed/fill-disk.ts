import { randomBytes } from 'node:crypto'
import { randomFillSync } from 'node:crypto'
import { open } from 'node:fs/promises'
import { statfsSync } from 'node:fs'
import path from 'node:path'
import { ctr } from './containerd.ts'
import { INSIDE } from './places.ts'
import { CONTAINER } from './pods.ts'

const MEBIBYTE = 1024 * 1024
/** How much of a log's bytes are random once they are written as base64 with its line ends. */
export const RANDOM_OF_TEXT = 0.467

/** Lines for the shell in a container that write so many MiB of bytes that cannot be compressed. */
export const SHELL = {
  emptyDir: (mebibytes: number) => randomFile('/data', mebibytes),
  'writable layer': (mebibytes: number) => randomFile('/tmp', mebibytes),
  log: (mebibytes: number) =>
    `/bin/busybox dd if=/dev/urandom bs=1048576 count=${Math.round(mebibytes * RANDOM_OF_TEXT)} 2>/dev/null | /bin/busybox base64 > /proc/1/fd/1`,
  /** Empty files, at most 10,000 in a directory. */
  files: (count: number) =>
    `i=0; while [ $i -lt ${count} ]; do [ $((i % 10000)) = 0 ] && d=/data/$$-$i && /bin/busybox mkdir $d; : > $d/$i; i=$((i+1)); done`,
} as const

const randomFile = (directory: string, mebibytes: number) =>
  `/bin/busybox dd if=/dev/urandom of=${directory}/data-$$ bs=1048576 count=${mebibytes} 2>/dev/null; /bin/busybox sync`

/** Runs a line in a pod's container; that the pod is evicted meanwhile, or the disk full, is what may happen. */
export async function runInPod(pod: string, line: string): Promise<void> {
  const labels = `labels."io.kubernetes.pod.name"==${pod},labels."io.kubernetes.container.name"==${CONTAINER}`
  const container = (await ctr('containers', 'ls', '--quiet', labels)).trim().split('\n').at(-1)
  if (!container) throw new Error(`pod ${pod} has no container`)
  const id = randomBytes(8).toString('hex')
  await ctr('tasks', 'exec', '--exec-id', id, container, '/bin/busybox', 'sh', '-c', line).catch(
    () => undefined,
  )
}

/** Writes random bytes into the directory of the node's local volume; stops where the disk is full. */
export async function writeToVolume(mebibytes: number): Promise<void> {
  const file = await open(path.join(INSIDE.volume, `data-${randomBytes(4).toString('hex')}`), 'w')
  try {
    const piece = Buffer.alloc(MEBIBYTE)
    for (let left = Math.round(mebibytes * MEBIBYTE); left > 0; left -= piece.length) {
      await file.write(randomFillSync(piece), 0, Math.min(left, piece.length))
    }
    await file.sync()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause
  } finally {
    await file.close()
  }
}

/** The same until (capacity − available) / capacity is so many percent. */
export async function fillVolume(percent: number): Promise<void> {
  const { bavail, blocks, bsize } = statfsSync(INSIDE.disk)
  const bytes = Math.floor(bavail - (blocks * (100 - percent)) / 100) * bsize
  if (bytes > 0) await writeToVolume(bytes / MEBIBYTE)
}
