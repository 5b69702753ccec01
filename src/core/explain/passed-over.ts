import type { Pattern } from './pattern-family.ts'

/** Messages and events of docs/kubelet-semantics.md that state no fact by themselves, and why. */
export interface PassedOver {
  /** Numbers of rows in §8.2. */
  messages: readonly number[]
  /** Reasons of events in §9. */
  events: readonly string[]
  why: string
}

/** What no pattern reads. An error inside such a message is read all the same, whatever carries it. */
export const PASSED_OVER: readonly PassedOver[] = [
  {
    messages: [10, 11, 12, 14, 15, 16, 17, 18],
    events: ['InvalidImageID'],
    why: 'inventory of images and how they are used, at V5: decisions, not troubles',
  },
  {
    messages: [7, 8, 9, 53, 55, 56, 57, 58, 59, 67, 68, 91, 92, 93, 96, 107, 108, 109, 110, 111],
    events: ['FailedSync', 'InspectFailed'],
    why: 'the kubelet cannot see something, or sees it late: says nothing of the disk',
  },
  { messages: [22, 24, 25, 60, 63, 64, 66], events: [], why: 'an idle or successful pass, an observation' },
  {
    messages: [27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 113, 115],
    events: ['Killing', 'FailedKillPod', 'SandboxChanged'],
    why: 'the stopping and removal of single containers, with races that are harmless',
  },
  {
    messages: [73, 74, 75, 76, 78, 79, 80, 81, 82, 83, 86],
    events: [],
    why: 'an unmount that is waited for, busy or done; clean-up that is tried again',
  },
  {
    messages: [100, 104, 114],
    events: ['Pulling', 'Pulled', 'Starting', 'Rebooted'],
    why: 'the life of a pod or a node; only the error inside can be about a disk',
  },
  {
    messages: [],
    events: ['Preempting', 'OutOfephemeral-storage', 'TaintManagerEviction'],
    why: 'requests, priorities and taints, not bytes on the disk',
  },
  {
    messages: [],
    events: [
      'ProvisioningFailed',
      'ProvisioningSucceeded',
      'ExternalProvisioning',
      'WaitForFirstConsumer',
      'WaitForPodScheduled',
      'FailedBinding',
      'ClaimLost',
      'ClaimMisbound',
      'VolumeFailedDelete',
      'VolumeDelete',
      'VolumeFailedRecycle',
      'VolumeRecycled',
      'SuccessfulCreate',
      'FailedCreate',
      'RecreatingFailedPod',
      'VolumeResizeFailed',
      'FileSystemResizeFailed',
    ],
    why: 'the making of claims, volumes and pods by controllers, off the node',
  },
]

/** The numbers of §8.2 that a pattern reads, from a text such as `§8.2 #1, #19–#21; §9`. */
export function messageNumbers({ semantics }: Pick<Pattern, 'semantics'>): number[] {
  return [...semantics.matchAll(/#(\d+)(?:–#(\d+))?/g)].flatMap(([, from, to]) => {
    const first = Number(from)
    return Array.from({ length: Number(to ?? from) - first + 1 }, (_, index) => first + index)
  })
}
