import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { parseContainerRuntime } from '../../kubelet/container-runtime.ts'
import { message } from '../../messages/message.ts'
import { latestReading } from '../../observe/plausible-readings.ts'
import { isTerminal } from '../../placement/node-usage.ts'
import { parseQuantity } from '../../units/quantity.ts'
import { defineDetector } from '../detector.ts'
import { containersOf } from '../image-names.ts'

/**
 * The kubelet rotates container logs, but lets all of them together become larger than the disk (semantics §7.1). With
 * docker its settings do nothing, and those of docker are not known here.
 */
export const containerLogsOverDisk = defineDetector({
  id: 'container-logs-over-disk',
  reason: 'ContainerLogsOverDisk',
  severity: 'warning',
  summary: 'The settings of log rotation let the logs of the containers of a node fill its disk.',
  options: z.strictObject({
    /** Percent of the disk that logs may come to. */
    maximumPercent: z.number().positive().default(100),
  }),

  detect({ kubeletConfiguration, containerRuntimeVersion, pods, readings }, { maximumPercent }) {
    const configuration = kubeletConfiguration?.value
    const runtime = parseContainerRuntime(containerRuntimeVersion ?? '')
    const disk = latestReading(readings)
    if (!configuration || !runtime || runtime.name === 'docker' || !pods || !disk) return []
    if (SETTINGS.some((setting) => isUnreadable(configuration, setting))) return []
    const { containerLogMaxSize: size, containerLogMaxFiles: files } = configuration
    const containers = pods.value
      .filter((pod) => !isTerminal(pod))
      .reduce((total, pod) => total + containersOf(pod).length, 0)
    const mostBytes = (parseQuantity(size) ?? 0) * files * containers
    if (!(mostBytes > (disk.capacityBytes * maximumPercent) / 100)) return []
    const words = { size, files, containers, mostBytes, capacityBytes: disk.capacityBytes }
    return [message('finding.container-logs-over-disk', words)]
  },
})

const SETTINGS = ['containerLogMaxSize', 'containerLogMaxFiles'] as const
