import type { FakeKubelet } from './serve-node.ts'

const AT = '2026-01-06T10:00:00Z'
const CAPACITY = 200 * 1024 ** 3
const INODES = 13_107_200

/** A node's disk for the summary: how full it is, of 1. */
function filesystem(used: number) {
  const usedBytes = Math.round(CAPACITY * used)
  const inodesUsed = Math.round((INODES * used) / 8)
  return {
    time: AT,
    capacityBytes: CAPACITY,
    usedBytes,
    availableBytes: CAPACITY - usedBytes,
    inodes: INODES,
    inodesFree: INODES - inodesUsed,
    inodesUsed,
  }
}

/** A kubelet of the fleet: a summary of its pods as a real one weighs it, a configuration, and metrics. */
export function fleetKubelet(
  node: string,
  pods: readonly { name: string; namespace: string; uid: string }[],
  used: number,
): FakeKubelet {
  const fs = filesystem(used)
  const part = (bytes: number) => ({ ...fs, usedBytes: bytes, inodesUsed: 120 })
  const cpu = { time: AT, usageNanoCores: 12_345_678, usageCoreNanoSeconds: 987_654_321_000 }
  const memory = {
    time: AT,
    availableBytes: 1e8,
    usageBytes: 2e8,
    workingSetBytes: 1.5e8,
    rssBytes: 1.2e8,
    pageFaults: 120_003,
    majorPageFaults: 4,
  }
  const container = (name: string) => ({
    name,
    startTime: AT,
    cpu,
    memory,
    rootfs: part(5e6),
    logs: part(2e7),
    swap: { time: AT },
  })
  const summary = () => ({
    node: {
      nodeName: node,
      startTime: AT,
      cpu,
      memory,
      fs,
      runtime: { imageFs: { ...fs, usedBytes: CAPACITY * used * 0.3 } },
      rlimit: { time: AT, maxpid: 4_194_304, curproc: 1500 },
    },
    pods: pods.map(({ name, namespace, uid }) => ({
      podRef: { name, namespace, uid },
      startTime: AT,
      containers: ['main', 'sidecar'].map(container),
      cpu,
      memory,
      network: {
        time: AT,
        name: 'eth0',
        rxBytes: 1e9,
        rxErrors: 0,
        txBytes: 1e9,
        txErrors: 0,
        interfaces: [{ name: 'eth0', rxBytes: 1e9, txBytes: 1e9 }],
      },
      volume: [
        { ...part(3e7), name: 'cache' },
        { ...part(4096), name: 'config' },
        { ...part(12_288), name: 'kube-api-access-x7k2p' },
      ],
      'ephemeral-storage': part(6e7),
      process_stats: { process_count: 7 },
    })),
  })
  return {
    summary,
    configz: () => ({
      kubeletconfig: {
        imageGCHighThresholdPercent: 85,
        imageGCLowThresholdPercent: 80,
        evictionHard: { 'nodefs.available': '10%', 'imagefs.available': '15%' },
      },
    }),
    metrics: () => METRICS,
  }
}

/** As long as a real kubelet's, of which a patrol reads little. */
const METRICS = [
  'process_start_time_seconds 1.7672256e+09',
  'kubelet_evictions{eviction_signal="nodefs.available"} 2',
  ...Array.from(
    { length: 3000 },
    (_, index) =>
      `kubelet_http_requests_duration_seconds_bucket{long_running="false",method="GET",path="p${index % 40}",server_type="readwrite",le="${index}"} ${index}`,
  ),
].join('\n')
