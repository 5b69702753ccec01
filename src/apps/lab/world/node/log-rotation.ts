import { rotateLog } from '../../../../core/kubelet/log-rotation/rotate-log.ts'
import {
  logRotator,
  type LogRotationSettings,
} from '../../../../core/kubelet/log-rotation/rotation-settings.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { Agenda } from '../agenda.ts'
import { bytesAt } from './disk.ts'
import type { ContainerOnNode, NodeState } from './node-state.ts'

/** What is left of a log when it is compressed. */
const COMPRESSED_SHARE = 0.06

/** What rotation works with. */
export interface RotationParts {
  node: NodeState
  agenda: Agenda
  settings: LogRotationSettings
  startedAt: Instant
  /** Called around every change of the node. */
  change(what: () => void): void
  onFailure(container: ContainerOnNode, error: string): void
}

/** Rotates the log of a container whenever the kubelet's look finds it too large; it sleeps until then. What it returns ends it. */
export function rotateWhenDue(container: ContainerOnNode, parts: RotationParts): () => void {
  const { node, agenda, settings, startedAt } = parts
  if (logRotator(node.isDocker ? 'docker' : 'containerd', node.version) !== 'kubelet') return () => undefined
  let cancel = () => {}
  const schedule = (at: Instant) => {
    cancel()
    cancel = agenda.at(at, look)
  }
  const nextLook = (at: Instant) =>
    startedAt + (Math.floor((at - startedAt) / settings.monitorInterval) + 1) * settings.monitorInterval

  function look(): void {
    const now = agenda.now()
    const { log, rotated, isRunning } = container
    if (!isRunning) return
    const liveBytes = bytesAt(log, now) - rotated.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    if (liveBytes >= settings.maxSizeBytes) rotate(now, liveBytes)
    const left = settings.maxSizeBytes - (liveBytes >= settings.maxSizeBytes ? 0 : liveBytes)
    const dueAt = log.bytesPerSecond > 0 ? now + (left / log.bytesPerSecond) * 1000 : now + SLOW_LOOK_MS
    schedule(nextLook(Math.max(now, Math.min(dueAt, now + SLOW_LOOK_MS))))
  }

  function rotate(now: Instant, liveBytes: number): void {
    const outcome = rotateLog(
      {
        log: '0.log',
        files: [...container.rotated, { name: '0.log', sizeBytes: liveBytes }],
        isRunning: true,
        at: now,
        utcOffset: 0,
        availableBytes: node.disk.figures(now).availableBytes,
        compressedShare: COMPRESSED_SHARE,
        canReopen: true,
      },
      settings,
    )
    if (outcome.kind === 'left') return
    if (outcome.kind === 'failed') parts.onFailure(container, 'write /var/log/pods: no space left on device')
    parts.change(() => {
      let files = [...container.rotated, { name: '0.log', sizeBytes: liveBytes }]
      for (const step of outcome.steps) {
        if (step.kind === 'remove') files = files.filter(({ name }) => name !== step.file)
        if (step.kind === 'rename')
          files = files.map((one) => (one.name === step.file ? { ...one, name: step.to } : one))
        if (step.kind === 'compress') {
          files = files.map((one) =>
            one.name === step.file
              ? { name: step.to, sizeBytes: Math.ceil(one.sizeBytes * COMPRESSED_SHARE) }
              : one,
          )
        }
      }
      const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      node.disk.resize(container.log, now, total - bytesAt(container.log, now))
      container.rotated = files.filter(({ name }) => name !== '0.log')
    })
  }

  schedule(nextLook(agenda.now()))
  return () => cancel()
}

/** A log that nobody writes to is looked at now and then: it may begin to grow. */
const SLOW_LOOK_MS = 3_600_000
