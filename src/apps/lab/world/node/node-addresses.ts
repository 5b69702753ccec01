/** Where a node and its pods are in the simulated network. */
export interface NodeAddresses {
  host: string
  podCidr: string
  /** The next address for a pod, from the node's own range, again and again. */
  nextPod(): string
}

const HOSTS_PER_NET = 200
const FIRST_HOST = 11
const PODS_PER_NODE = 253

/** @param index of the node in its cluster, from 0; up to 51,200 of them have addresses of their own */
export function nodeAddresses(index: number): NodeAddresses {
  const net = `10.${(244 + (index >> 8)) & 255}.${index & 255}`
  let pods = 0
  return {
    host: `192.168.${Math.floor(index / HOSTS_PER_NET) & 255}.${FIRST_HOST + (index % HOSTS_PER_NET)}`,
    podCidr: `${net}.0/24`,
    nextPod: () => `${net}.${2 + (pods++ % PODS_PER_NODE)}`,
  }
}
