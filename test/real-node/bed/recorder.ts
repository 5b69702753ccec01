import { appendFileSync, copyFileSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ctr } from './containerd.ts'
import type { KubernetesApi } from './kubernetes-api.ts'
import { INSIDE, NODE_NAME } from './places.ts'

/** Writes what happens to a node in the layout of docs/recordings.md. */
export interface Recorder {
  /** Notes what is done to the node now. */
  action(text: string): void
  snapshot(name: string): Promise<void>
  /** Ends the recording; the logs come last. */
  finish(): void
}

const STATFS = [
  'unixSeconds',
  'blockBytes',
  'blocks',
  'blocksFree',
  'blocksAvailable',
  'inodes',
  'inodesFree',
]
const LISTS = [
  '/api/v1/nodes',
  '/api/v1/pods',
  '/api/v1/persistentvolumeclaims',
  '/api/v1/persistentvolumes',
  '/apis/apps/v1/statefulsets',
  '/api/v1/events',
]

/** Begins a recording in `directory`, which is empty; the filesystem is read every second from now on. */
export function startRecorder(directory: string, api: KubernetesApi): Recorder {
  const at = (name: string) => path.join(directory, name)
  const row = (file: string, ...cells: unknown[]) => appendFileSync(at(file), `${cells.join('\t')}\n`)
  const now = () => (Date.now() / 1000).toFixed(3)
  row('statfs.tsv', ...STATFS)
  const readDisk = () => {
    const { bsize, blocks, bfree, bavail, files, ffree } = statfsSync(INSIDE.disk)
    row('statfs.tsv', now(), bsize, blocks, bfree, bavail, files, ffree)
  }
  readDisk()
  const everySecond = setInterval(readDisk, 1000)
  const action = (text: string) => row('actions.tsv', now(), text)
  return {
    action,
    async snapshot(name) {
      action(`snapshot ${name}`)
      const kubelet = `/api/v1/nodes/${NODE_NAME}/proxy`
      const parts = {
        'objects.json': objects(api),
        'summary.json': api.get(`${kubelet}/stats/summary`),
        'configz.json': api.get(`${kubelet}/configz`),
        'images.txt': ctr('images', 'ls'),
        'containers.txt': ctr('containers', 'ls'),
      }
      await Promise.all(
        Object.entries(parts).map(async ([part, content]) =>
          writeFileSync(at(`${name}-${part}`), await content),
        ),
      )
    },
    finish() {
      clearInterval(everySecond)
      for (const name of ['kubelet.log', 'containerd.log']) {
        copyFileSync(path.join(INSIDE.state, 'logs', name), at(name))
      }
    },
  }
}

/** The objects of a snapshot as one list, each with its kind, as kubectl prints them. */
async function objects(api: KubernetesApi): Promise<string> {
  const lists = await Promise.all(LISTS.map((list) => api.get(list)))
  const items = lists.flatMap((text) => {
    const list = JSON.parse(text) as { apiVersion: string; kind: string; items: object[] }
    const kind = list.kind.replace(/List$/, '')
    return list.items.map((item) => ({ apiVersion: list.apiVersion, kind, ...item }))
  })
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`
}
