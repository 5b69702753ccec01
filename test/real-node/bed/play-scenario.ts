import { setTimeout as pause } from 'node:timers/promises'
import { measureAhead } from './ahead.ts'
import { fillVolume, runInPod, SHELL, writeToVolume } from './fill-disk.ts'
import { plannedRamp } from './ramp.ts'
import { measureFootprint } from './footprint.ts'
import { leaveOrphan } from './leave-orphan.ts'
import type { KubernetesApi, KubernetesObject } from './kubernetes-api.ts'
import { wholePod } from './pods.ts'
import { kubeletLog, type RunningNode } from './running-node.ts'
import type { Scenario, Step, Told, Verb } from './scenario.ts'
import { until } from './until.ts'
import { FORECAST } from './watch-node.ts'

const POD_SECONDS = 180
const PASS_SECONDS = 300

/**
 * Does one step after the other; the recording ends with the snapshot `end`.
 * @throws {Error} naming the step that could not be done.
 */
export async function playScenario(
  node: RunningNode,
  { steps }: Scenario,
  tell: (what: string) => void,
): Promise<void> {
  const all: Step[] = [...steps, { verb: 'snapshot', told: 'end' }]
  let said = ''
  try {
    for (const [index, step] of all.entries()) {
      said = `step ${index + 1} of ${all.length}, ${step.verb}`
      tell(said)
      await play(node, step)
    }
  } catch (cause) {
    throw new Error(`${said}: ${(cause as Error).message}`, { cause })
  } finally {
    // The logs say why a step could not be done.
    node.recorder?.finish()
  }
}

const PLAY: { [V in Verb]: (node: RunningNode, told: Told<V>) => Promise<unknown> | undefined } = {
  apply,
  untilRunning: (node, pods) => podsInPhase(node, pods, 'Running'),
  untilFailed: (node, pods) => podsInPhase(node, pods, 'Failed'),
  untilGone: podsGone,
  wait: (_, seconds) => pause(seconds * 1000),
  snapshot: (node, name) => node.recorder?.snapshot(name),
  writeToVolume: (node, mebibytes) =>
    noted(node, `write ${mebibytes} MiB to the PV directory`, 'write-done', () => writeToVolume(mebibytes)),
  fillToPercent: (node, percent) =>
    noted(node, `fill-to ${percent} percent`, 'fill-done', () => fillVolume(percent)),
  write: (node, { pod, mebibytes, to }) =>
    noted(node, `write ${mebibytes} MiB to the ${to} of pod ${pod}`, 'write-done', () =>
      runInPod(pod, SHELL[to](mebibytes)),
    ),
  createFiles: (node, { pod, count }) =>
    noted(node, `create ${count} files in the emptyDir of pod ${pod}`, 'write-done', () =>
      runInPod(pod, SHELL.files(count)),
    ),
  ramp(node, asked) {
    const { begins, run } = plannedRamp(asked)
    return noted(node, begins, 'write-done', run)
  },
  async forecast(node) {
    await node.agent?.observe()
    node.recorder?.action(FORECAST)
  },
  footprint: async ({ api, start }, seconds) => measureFootprint(start, { seconds, pods: await podsOf(api) }),
  ahead: (node, { images, perSecond }) => measureAhead(node, images, perSecond),
  import: (node, image) => node.importImage(image),
  deletePod(node, name) {
    node.recorder?.action(`delete pod ${name}`)
    return node.api.delete(`/api/v1/namespaces/default/pods/${name}`)
  },
  restart: (node, service) => node.restart(service),
  orphan(node, orphan) {
    const how = orphan.mounted ? 'a volume mounted in it' : 'what a volume held in it'
    node.recorder?.action(`leave the directory of pod ${orphan.uid} with ${how}`)
    return leaveOrphan(orphan)
  },
  waitForPass: (_, { pass, after }) => waitForPass(pass, after),
  waitForLog: (_, { matches, within }) => waitForLog(new RegExp(matches), within),
}

/** The table pairs every verb with one that takes what it is told, which the type of a step cannot say. */
const play = (node: RunningNode, { verb, told }: Step) =>
  (PLAY[verb] as (node: RunningNode, told: unknown) => Promise<unknown> | undefined)(node, told)

/** Does something and notes both its instants. */
async function noted(
  { recorder }: RunningNode,
  begin: string,
  end: string,
  act: () => Promise<void>,
): Promise<void> {
  recorder?.action(begin)
  await act()
  recorder?.action(end)
}

async function apply(node: RunningNode, asked: Told<'apply'>): Promise<void> {
  const objects = asked.map((object): KubernetesObject =>
    'pod' in object ? wholePod(object as never) : (object as KubernetesObject),
  )
  const namespaces = new Set(objects.flatMap(({ metadata: { namespace } }) => namespace ?? []))
  for (const name of namespaces) await ensureNamespace(node, name)
  node.recorder?.action(`apply ${objects.map(({ metadata: { name } }) => name).join(' ')}`)
  for (const object of objects) await node.api.create(object)
}

/** A pod is refused until its namespace has the account that it runs as. */
async function ensureNamespace({ api }: RunningNode, name: string): Promise<void> {
  const address = `/api/v1/namespaces/${name}`
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  await api.get(address).catch(() => api.create(namespace))
  await until(`the service account of ${name}`, 30, () => api.get(`${address}/serviceaccounts/default`))
}

async function podsOf(api: KubernetesApi): Promise<number> {
  const { items } = JSON.parse(await api.get('/api/v1/pods')) as { items: unknown[] }
  return items.length
}

async function podsInPhase({ api }: RunningNode, pods: readonly string[], phase: string): Promise<void> {
  for (const named of pods) {
    await until(`pod ${named} to be ${phase}`, POD_SECONDS, async () => {
      const pod = JSON.parse(await api.get(addressOf(named))) as { status: { phase?: string } }
      return pod.status.phase === phase
    })
  }
}

async function podsGone({ api }: RunningNode, pods: readonly string[]): Promise<void> {
  for (const named of pods) {
    const [namespace, name] = namesIn(named)
    await until(`pod ${named} to be gone`, POD_SECONDS, async () => {
      const { items } = JSON.parse(await api.get(`/api/v1/namespaces/${namespace}/pods`)) as {
        items: { metadata: { name: string } }[]
      }
      return items.every(({ metadata }) => metadata.name !== name)
    })
  }
}

/** Namespace and name of a pod: namespace/name, or a name in default. */
const namesIn = (named: string) => (named.includes('/') ? named.split('/') : ['default', named])

function addressOf(named: string): string {
  const [namespace, name] = namesIn(named)
  return `/api/v1/namespaces/${namespace}/pods/${name}`
}

/** The kubelet's passes of five minutes are counted from its latest start. */
async function waitForPass(pass: number, after: number): Promise<void> {
  const starts = [
    ...kubeletLog().matchAll(/^\w(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{3}).*Starting to listen on/gm),
  ]
  const [, month, day, time] = starts.at(-1) ?? []
  if (month === undefined) throw new Error('the kubelet has not said that it started')
  const startedAt = Date.parse(`${new Date().getUTCFullYear()}-${month}-${day}T${time}Z`)
  await pause(Math.max(0, startedAt + (pass * PASS_SECONDS + after) * 1000 - Date.now()))
}

async function waitForLog(wanted: RegExp, seconds: number): Promise<void> {
  const from = kubeletLog().length
  await until(`${wanted} in the kubelet's log`, seconds, () => wanted.test(kubeletLog(from)))
}
