import type { Duration } from '../../core/units/duration.ts'

/** Whose node is watched, and how it is reached. */
export interface AgentChoice {
  /** Where the root directory of the host is mounted. */
  hostRoot: string
  nodeName?: string
  /** The runtime's socket, as the agent opens it; absent for the one the kubelet uses. */
  runtime?: string
  /** Address of the kubelet; absent for its port on loopback or `$HOST_IP`. */
  kubelet?: string
  /** Whose credentials the kubelet is shown; absent for the service account of the pod. */
  kubeconfig?: string
  context?: string
  /** A file with the kubelet's log; absent for the journal. */
  kubeletLog?: string
  interval: Duration
  /** `https://host:port` of the controller that rounds are handed over to; absent for none. */
  controller?: URL
  /** A file with the token that the controller is shown, replaced while it is in use. */
  controllerToken: string
  /** A file with the authorities of its certificate, PEM; absent for those of the system. */
  controllerCa?: string
  /** Whether registries are asked which images they could give again. */
  registries: boolean
}
