/** A container runtime as Node.status.nodeInfo.containerRuntimeVersion names it. */
export interface ContainerRuntime {
  /** `containerd`, `docker`, `cri-o`, …. */
  name: string
  version: readonly [major: number, minor: number, patch: number]
}

/** Reads such as `containerd://1.6.20`, `docker://20.10.7` or `containerd://1.7.1-k3s1`; undefined when it is none. */
export function parseContainerRuntime(text: string): ContainerRuntime | undefined {
  const match = /^([a-z-]{1,30}):\/\/v?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,4}))?(?:[-+~.][\w.+~-]{0,100})?$/.exec(
    text.trim(),
  )
  if (!match) return undefined
  const [, name = '', major, minor, patch = 0] = match
  return { name, version: [Number(major), Number(minor), Number(patch)] }
}

/**
 * Whether the runtime pins its pause image (docs/kubelet-semantics.md §1.5): containerd from 1.6.22 and
 * 1.7.3 on. Undefined for other runtimes, whose first version that does is not known.
 */
export function pinsPauseImage({
  name,
  version: [major, minor, patch],
}: ContainerRuntime): boolean | undefined {
  if (name !== 'containerd') return undefined
  if (major !== 1) return major > 1
  if (minor === 6) return patch >= 22
  return minor === 7 ? patch >= 3 : minor > 7
}
