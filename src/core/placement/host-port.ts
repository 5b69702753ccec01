import type { Pod } from '../kubernetes/pod.ts'

/** A port of the node that a pod takes. */
export interface HostPort {
  ip: string
  /** Such as `TCP/9200`. */
  port: string
}

/** The addresses on which each port of a node is taken. */
export type PortsInUse = Map<string, Set<string>>

const EVERY_ADDRESS = '0.0.0.0'

/** Adds the ports of a pod to those in use. */
export function takePorts(inUse: PortsInUse, pod: Pod): void {
  for (const { ip, port } of hostPortsOf(pod)) {
    const addresses = inUse.get(port)
    if (addresses) addresses.add(ip)
    else inUse.set(port, new Set([ip]))
  }
}

/** The host ports of a pod's containers and sidecars; on the host's network every port is one of the host. */
export function hostPortsOf({ spec: { containers, initContainers, hostNetwork } }: Pod): HostPort[] {
  const found: HostPort[] = []
  const take = (container: (typeof containers)[number]) => {
    for (const { containerPort, hostPort, hostIP, protocol } of container.ports ?? []) {
      const number = hostPort || (hostNetwork ? containerPort : 0) || 0
      if (number > 0) found.push({ ip: hostIP || EVERY_ADDRESS, port: `${protocol || 'TCP'}/${number}` })
    }
  }
  for (const container of containers) take(container)
  for (const container of initContainers ?? []) if (container.restartPolicy === 'Always') take(container)
  return found
}

/** Whether a port is taken, on its own address or on every one. */
export function isTaken({ ip, port }: HostPort, inUse: PortsInUse): boolean {
  const taken = inUse.get(port)
  if (!taken) return false
  return ip === EVERY_ADDRESS || taken.has(EVERY_ADDRESS) || taken.has(ip)
}

/** `TCP/9200`, with the address unless it is every one. */
export function portText({ ip, port }: HostPort): string {
  return ip === EVERY_ADDRESS ? port : `${port} (${ip})`
}
