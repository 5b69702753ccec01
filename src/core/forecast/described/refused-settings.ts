import { EVICTION_SIGNALS } from '../../kubelet/eviction/signals.ts'
import { unknownSignal, type KubeletConfiguration } from '../../kubernetes/kubelet-configuration.ts'
import { parseDuration } from '../../units/duration.ts'

/** A setting with which a kubelet does not start. */
export interface RefusedSetting {
  /** The field; of a map, the field and the key with a blank between. */
  field: string
  message: string
}

/**
 * The settings that a real kubelet refuses: values it cannot read, and values that contradict each other
 * (semantics §1.1, §3.2, all versions).
 */
export function refusedSettings(read: KubeletConfiguration): RefusedSetting[] {
  const unreadable = (read.problems ?? []).map((problem) => ({
    field: problem.field.replace(/^(evictionHard|evictionSoft\w*|evictionMinimumReclaim)\./, '$1 '),
    message:
      unknownSignal(problem) === undefined
        ? `${problem.value} is no value that a kubelet takes`
        : `is no eviction signal; those of disks are ${EVICTION_SIGNALS.join(', ')}`,
  }))
  const { imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low } = read
  const graces = read.evictionSoftGracePeriod ?? {}
  const maximumAge = parseDuration(read.imageMaximumGCAge ?? '0') ?? 0
  return [
    ...unreadable,
    ...(low >= high
      ? [
          {
            field: 'imageGCLowThresholdPercent',
            message: `is not below imageGCHighThresholdPercent (${high}): a kubelet refuses to start`,
          },
        ]
      : []),
    ...Object.keys(read.evictionSoft)
      .filter((signal) => graces[signal] === undefined)
      .map((signal) => ({
        field: `evictionSoft ${signal}`,
        message: 'has no grace period in evictionSoftGracePeriod: a kubelet refuses to start',
      })),
    ...(maximumAge > 0 && maximumAge <= (parseDuration(read.imageMinimumGCAge) ?? 0)
      ? [
          {
            field: 'imageMaximumGCAge',
            message: 'is not longer than imageMinimumGCAge: a kubelet refuses to start',
          },
        ]
      : []),
  ]
}
