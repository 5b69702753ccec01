import { isAtLeast, type KubeletVersion } from '../../../../core/kubelet/kubelet-version.ts'
import type { KlogLine } from './kubelet-log.ts'

/** A pod as the kubelet's log names it. */
export interface NamedPod {
  name: string
  namespace: string
  uid: string
}

/** What the log of a kubelet says of its disk and its images, in the words of its version (semantics §8.2). */
export type KubeletWords = ReturnType<typeof kubeletWords>

const line = (letter: KlogLine['letter'], from: string, text: string): KlogLine => ({ letter, from, text })
const quoted = (text: string) => JSON.stringify(text)

/** Free text up to 1.20, a message with keys and values from 1.21 on (semantics §8.1). */
export function kubeletWords(version: KubeletVersion) {
  const isStructured = isAtLeast(version, 21)
  const isOld = !isAtLeast(version, 16)
  const pod = ({ name, namespace, uid }: NamedPod) =>
    isStructured ? quoted(`${namespace}/${name}`) : `${name}_${namespace}(${uid})`
  const pods = (all: readonly NamedPod[]) => {
    if (!isStructured) return all.map(pod).join(', ')
    const names = all.map(({ name, namespace }) => `${namespace}/${name}`)
    return isAtLeast(version, 26) ? `[${names.map(quoted).join(',')}]` : `[${names.join(' ')}]`
  }
  /** Of both shapes the one of the version. */
  const say = (letter: KlogLine['letter'], from: string, plain: string, structured: string) =>
    line(letter, from, isStructured ? structured : plain)
  const eviction = (at: number) => `eviction_manager.go:${isOld ? at - 13 : at}`
  const images = (at: number) => `image_gc_manager.go:${isOld ? at - 4 : at}`

  return {
    attemptingToReclaim: (resource: string) =>
      say(
        isStructured ? 'I' : 'W',
        eviction(344),
        `eviction manager: attempting to reclaim ${resource}`,
        `"Eviction manager: attempting to reclaim" resourceName=${quoted(resource)}`,
      ),
    deletingUnusedContainers: () =>
      say(
        'I',
        'container_gc.go:85',
        'attempting to delete unused containers',
        '"Attempting to delete unused containers"',
      ),
    deletingUnusedImages: () =>
      say('I', images(321), 'attempting to delete unused images', '"Attempting to delete unused images"'),
    removingImage: (id: string, sizeBytes: number) =>
      say(
        'I',
        images(375),
        `[imageGCManager]: Removing image "${id}" to free ${sizeBytes} bytes`,
        `"Removing image to free bytes" imageID=${quoted(id)} size=${sizeBytes}${isAtLeast(version, 29) ? ' runtimeHandler=""' : ''}`,
      ),
    overThreshold: (p: { usagePercent: number; high: number; low: number; wantedBytes: number }) =>
      say(
        'I',
        images(304),
        `[imageGCManager]: Disk usage on image filesystem is at ${p.usagePercent}% which is over the high threshold (${p.high}%). Trying to free ${p.wantedBytes} bytes down to the low threshold (${p.low}%).`,
        `"Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold" usage=${p.usagePercent} highThreshold=${p.high} amountToFree=${p.wantedBytes} lowThreshold=${p.low}`,
      ),
    imageGcFailed: (error: string, isFirst: boolean) => {
      const head = isFirst
        ? 'Image garbage collection failed once. Stats initialization may not have completed yet'
        : 'Image garbage collection failed multiple times in a row'
      const from = `kubelet.go:${isOld ? 1278 : isFirst ? 1274 : 1276}`
      return say('E', from, `${head}: ${error}`, `${quoted(head)} err=${quoted(error)}`)
    },
    ableToReduce: (resource: string) =>
      say(
        'I',
        eviction(351),
        `eviction manager: able to reduce ${resource} pressure without evicting pods.`,
        `"Eviction manager: able to reduce resource pressure without evicting pods." resourceName=${quoted(resource)}`,
      ),
    mustEvict: (resource: string) =>
      say(
        'I',
        eviction(355),
        `eviction manager: must evict pod(s) to reclaim ${resource}`,
        `"Eviction manager: must evict pod(s) to reclaim" resourceName=${quoted(resource)}`,
      ),
    ranked: (all: readonly NamedPod[]) =>
      say(
        'I',
        eviction(373),
        `eviction manager: pods ranked for eviction: ${pods(all)}`,
        `"Eviction manager: pods ranked for eviction" pods=${pods(all)}`,
      ),
    noneActive: () =>
      say(
        'E',
        eviction(364),
        'eviction manager: eviction thresholds have been met, but no pods are active to evict',
        '"Eviction manager: eviction thresholds have been met, but no pods are active to evict"',
      ),
    cannotEvictCritical: (one: NamedPod) =>
      say(
        'E',
        eviction(571),
        `eviction manager: cannot evict a critical${isAtLeast(version, 17) ? '' : ' static'} pod ${pod(one)}`,
        `"Eviction manager: cannot evict a critical pod" pod=${pod(one)}`,
      ),
    unableToEvict: () =>
      say(
        'I',
        eviction(391),
        'eviction manager: unable to evict any pods from the node',
        '"Eviction manager: unable to evict any pods from the node"',
      ),
    failedToEvict: (one: NamedPod) =>
      say(
        'E',
        eviction(589),
        `eviction manager: pod ${pod(one)} failed to evict timeout waiting to kill pod`,
        `"Eviction manager: pod failed to evict" err="timeout waiting to kill pod" pod=${pod(one)}`,
      ),
    evicted: (one: NamedPod) =>
      say(
        'I',
        eviction(589),
        `eviction manager: pod ${pod(one)} is evicted successfully`,
        `"Eviction manager: pod is evicted successfully" pod=${pod(one)}`,
      ),
    waitingForCleanUp: (all: readonly NamedPod[]) =>
      say(
        'I',
        eviction(204),
        `eviction manager: pods ${pods(all)} evicted, waiting for pod to be cleaned up`,
        `"Eviction manager: pods evicted, waiting for pod to be cleaned up" pods=${pods(all)}`,
      ),
    cleanUpTimedOut: (all: readonly NamedPod[]) =>
      say(
        isStructured ? 'I' : 'W',
        eviction(408),
        `eviction manager: timed out waiting for pods ${pods(all)} to be cleaned up`,
        `"Eviction manager: timed out waiting for pods to be cleaned up" pods=${pods(all)}`,
      ),
    cleanedUp: (all: readonly NamedPod[]) =>
      say(
        'I',
        eviction(416),
        `eviction manager: pods ${pods(all)} successfully cleaned up`,
        `"Eviction manager: pods successfully cleaned up" pods=${pods(all)}`,
      ),
    // From 1.31 on a refusal has no line of its own.
    refused: (one: NamedPod): KlogLine | undefined =>
      isAtLeast(version, 31)
        ? undefined
        : say(
            isStructured ? 'I' : 'W',
            eviction(173),
            `Failed to admit pod ${pod(one)} - node has conditions: [DiskPressure]`,
            `"Failed to admit pod to node" pod=${pod(one)} nodeCondition=[DiskPressure]`,
          ),
    recording: (condition: string, node: string) =>
      say(
        'I',
        'kubelet_node_status.go:531',
        `Recording ${condition} event message for node ${node}`,
        `"Recording event message for node" node=${quoted(node)} event=${quoted(condition)}`,
      ),
    killing: (one: NamedPod, container: string, id: string, graceSeconds: number) =>
      say(
        'I',
        'kuberuntime_container.go:636',
        `Killing container "${id}" with a ${graceSeconds} second grace period`,
        `"Killing container with a grace period" pod=${pod(one)} podUID=${one.uid} containerName=${quoted(container)} containerID=${quoted(id)} gracePeriod=${graceSeconds}`,
      ),
    pullFailed: (image: string, error: string): KlogLine[] => [
      say(
        'E',
        `remote_image.go:113`,
        `PullImage "${image}" from image service failed: ${error}`,
        `"PullImage from image service failed" err=${quoted(error)} image=${quoted(image)}`,
      ),
      say(
        'E',
        'kuberuntime_image.go:51',
        `Pull image "${image}" failed: ${error}`,
        `"Failed to pull image" err=${quoted(error)} image=${quoted(image)}`,
      ),
    ],
    syncFailed: (one: NamedPod, errors: string) =>
      say(
        'E',
        `pod_workers.go:${isOld ? 190 : 191}`,
        `Error syncing pod ${one.uid} ("${pod(one)}"), skipping: ${errors}`,
        `"Error syncing pod, skipping" err=${quoted(errors)} pod=${pod(one)} podUID=${one.uid}`,
      ),
    sandboxFailed: (one: NamedPod, error: string): KlogLine[] => [
      say(
        'E',
        `remote_runtime.go:${isOld ? 105 : 116}`,
        `RunPodSandbox from runtime service failed: ${error}`,
        `"RunPodSandbox from runtime service failed" err=${quoted(error)}`,
      ),
      say(
        'E',
        'kuberuntime_sandbox.go:70',
        `CreatePodSandbox for pod "${pod(one)}" failed: ${error}`,
        `"Failed to create sandbox for pod" err=${quoted(error)} pod=${pod(one)}`,
      ),
      say(
        'E',
        'kuberuntime_manager.go:755',
        `createPodSandbox for pod "${pod(one)}" failed: ${error}`,
        `"CreatePodSandbox for pod failed" err=${quoted(error)} pod=${pod(one)}`,
      ),
    ],
    mountFailed: (one: NamedPod, volume: string, why: string, retry: string, retryAt: string) =>
      line(
        'E',
        'nestedpendingoperations.go:301',
        `Operation for "{volumeName:kubernetes.io/local-volume/${volume} podName: nodeName:}" failed. No retries permitted until ${retryAt} (durationBeforeRetry ${retry}). Error: ${isStructured ? `${why} pod ${pod(one)} (UID: "${one.uid}")` : `"${why}"`}`,
      ),
    volumesNotMounted: (one: NamedPod, error: string) =>
      say(
        'E',
        'kubelet.go:1687',
        `Unable to attach or mount volumes for pod "${pod(one)}": ${error}; skipping pod`,
        `"Unable to attach or mount volumes for pod; skipping pod" err=${quoted(error)} pod=${pod(one)}`,
      ),
    manifestsMissing: (path: string) =>
      say(
        'E',
        `file_linux.go:${isOld ? 61 : 60}`,
        `Unable to read config path "${path}": path does not exist, ignoring`,
        `"Unable to read config path" err="path does not exist, ignoring" path=${quoted(path)}`,
      ),
    orphan: (text: string) => line('E', `kubelet_volumes.go:${isOld ? 154 : 179}`, text),
    rotationFailed: (path: string, id: string, error: string) =>
      say(
        'E',
        'container_log_manager.go:217',
        `Failed to rotate log "${path}" for container "${id}": ${error}`,
        `"Failed to rotate log for container" err=${quoted(error)} path=${quoted(path)} containerID=${quoted(id)}`,
      ),
  }
}
