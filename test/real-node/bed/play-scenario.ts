import { setTimeout as pause } from 'node:timers/promises'
import { fillVolume, runInPod, SHELL, writeToVolume } from './fill-disk.ts'
import { leaveOrphan } from './leave-orphan.ts'
import type { KubernetesObject } from './kubernetes-api.ts'
import { wholePod } from './pods.ts'
import { kubeletLog, type RunningNode } from './running-node.ts'
import type { Scenario, Step } from './scenario.ts'
import { until } from './until.ts'

const POD_SECONDS = 90
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
  for (const [index, step] of [...steps, { snapshot: 'end' }].entries()) {
    tell(`step ${index + 1}/${steps.length + 1}: ${JSON.stringify(step).slice(0, 100)}`)
    try {
      await play(node, step)
    } catch (cause) {
      const { message } = cause as Error
      throw new Error(`step ${index + 1} (${JSON.stringify(step).slice(0, 200)}): ${message}`, { cause })
    }
  }
  node.recorder?.finish()
}

async function play(node: RunningNode, step: Step): Promise<void> {
  const note = (text: string) => node.recorder?.action(text)
  /** Notes a step's begin and end, so that its instants are exact. */
  const noted = async (text: string, doing: Promise<unknown>, end = 'write-done') => {
    note(text)
    await doing
    note(end)
  }
  if ('apply' in step) return apply(node, step.apply)
  if ('pods' in step) return podsInPhase(node, step.pods, step.phase)
  if ('wait' in step) return pause(step.wait * 1000)
  if ('snapshot' in step) return node.recorder?.snapshot(step.snapshot)
  if ('writeToVolume' in step) {
    const mebibytes = step.writeToVolume
    return noted(`write ${mebibytes} MiB to the PV directory`, writeToVolume(mebibytes))
  }
  if ('fillToPercent' in step) {
    return noted(`fill-to ${step.fillToPercent} percent`, fillVolume(step.fillToPercent), 'fill-done')
  }
  if ('write' in step) {
    const { pod, mebibytes, to } = step.write
    return noted(`write ${mebibytes} MiB to the ${to} of pod ${pod}`, runInPod(pod, SHELL[to](mebibytes)))
  }
  if ('createFiles' in step) {
    const { pod, count } = step.createFiles
    return noted(`create ${count} files in the emptyDir of pod ${pod}`, runInPod(pod, SHELL.files(count)))
  }
  if ('import' in step) return node.importImage(step.import)
  if ('deletePod' in step) {
    note(`delete pod ${step.deletePod}`)
    return node.api.delete(`/api/v1/namespaces/default/pods/${step.deletePod}`)
  }
  if ('restart' in step) return node.restart(step.restart)
  if ('orphan' in step) {
    note(`leave the directory of pod ${step.orphan.uid}, ${step.orphan.mounted ? 'mounted' : 'not mounted'}`)
    return leaveOrphan(step.orphan)
  }
  if ('waitForPass' in step) return waitForPass(step.waitForPass, step.after)
  const from = kubeletLog().length
  const wanted = new RegExp(step.waitForLog)
  await until(`/${step.waitForLog}/ in the kubelet's log`, step.within, () => wanted.test(kubeletLog(from)))
}

async function apply(node: RunningNode, asked: Extract<Step, { apply: unknown }>['apply']): Promise<void> {
  const objects = asked.map((object): KubernetesObject => ('pod' in object ? wholePod(object as never) : (object as KubernetesObject)))
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

async function podsInPhase({ api }: RunningNode, pods: readonly string[], phase: string): Promise<void> {
  for (const named of pods) {
    const [namespace, name] = named.includes('/') ? named.split('/') : ['default', named]
    await until(`pod ${named} to be ${phase}`, POD_SECONDS, async () => {
      const pod = JSON.parse(await api.get(`/api/v1/namespaces/${namespace}/pods/${name}`)) as {
        status: { phase?: string }
      }
      return pod.status.phase === phase
    })
  }
}

/** The kubelet's passes of five minutes are counted from its latest start. */
async function waitForPass(pass: number, after: number): Promise<void> {
  const starts = [...kubeletLog().matchAll(/^\w(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{3}).*Starting to listen on/gm)]
  const [, month, day, time] = starts.at(-1) ?? []
  if (month === undefined) throw new Error('the kubelet has not said that it started')
  const startedAt = Date.parse(`${new Date().getUTCFullYear()}-${month}-${day}T${time}Z`)
  await pause(Math.max(0, startedAt + (pass * PASS_SECONDS + after) * 1000 - Date.now()))
}
