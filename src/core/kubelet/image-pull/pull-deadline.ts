import type { Duration } from '../../units/duration.ts'
import type { ContainerRuntime } from '../container-runtime.ts'

const MINUTE: Duration = 60_000

/**
 * How long a pull may bring nothing before it is given up (semantics §5.4): the kubelet itself never does, dockershim
 * after a minute by its `--image-pull-progress-deadline`, containerd after a minute in 1.7 and five in 2.x. `Infinity`
 * where nobody does; undefined of a runtime about which nothing is known.
 */
export function pullDeadline({ name, version: [major, minor] }: ContainerRuntime): Duration | undefined {
  if (name === 'docker') return MINUTE
  if (name !== 'containerd') return undefined
  if (major > 1) return 5 * MINUTE
  return minor >= 7 ? MINUTE : Infinity
}

/** After so long the kubelet gives up any other call to the runtime, unless `runtimeRequestTimeout` says otherwise (semantics §5.4). */
export const RUNTIME_REQUEST_TIMEOUT: Duration = 2 * MINUTE
